import type { Finding } from "../types.js";
import type { AuditInput } from "./table.js";

/** A law or a bound that published tables must obey. */
export interface Rule {
  readonly law: string;
  /** What a table has to print for the law to be applied, as a noun phrase. */
  readonly needs: string;
  readonly apply: (input: AuditInput) => Applied;
}

/** What came of a law applied to one post. */
export interface Applied {
  /** How many times the table had what the law needs. */
  readonly checked: number;
  readonly findings: readonly Finding[];
}

/** What breaks a law; the post is known. */
export type Fault = Omit<Finding, "post">;

/** A rule made of what it can be applied to, `cases`, and what is wrong with one of them. */
export function ruleOf<Case>(options: {
  readonly law: string;
  readonly needs: string;
  readonly cases: (input: AuditInput) => readonly Case[];
  readonly fault: (one: Case) => Fault | null;
}): Rule {
  const { law, needs, cases, fault } = options;
  return {
    law,
    needs,
    apply: (input) => {
      const all = cases(input);
      const findings = all.flatMap((one) => {
        const wrong = fault(one);
        return wrong === null ? [] : [{ post: input.post, ...wrong }];
      });
      return { checked: all.length, findings };
    },
  };
}
