import { calculatorService } from "@wirelab/servers/dist/contracts.js";
import { add } from "@wirelab/servers/dist/work/add.js";
import type { Workload } from "../workload.js";

/** Two numbers to add; a chain feeds the sum back in as the first. */
export interface Addends {
  readonly a: number;
  readonly b: number;
}

/** Adds two numbers: the small work of post 000. */
export const addWorkload: Workload<Addends, number> = {
  name: "add",
  first: { a: 1, b: 2 },
  next: (sum) => ({ a: sum, b: 2 }),
  isRight: ({ a, b }, sum) => sum === a + b,
  say: String,
  run: ({ a, b }) => add(a, b),
  rest: {
    path: "/add",
    body: { contentType: "application/json", make: ({ a, b }) => `{"a":${a},"b":${b}}` },
    read: (json) => {
      const sum = (json as { sum?: unknown } | null)?.sum;
      return typeof sum === "number" ? sum : null;
    },
  },
  grpc: {
    service: calculatorService,
    unary: "Add",
    message: (_id, addends) => addends,
    read: (message) => ({ id: 0, output: (message as { sum: number }).sum }),
  },
};
