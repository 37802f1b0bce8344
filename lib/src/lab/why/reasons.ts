import { scopeOf } from "../../analysis/compare.js";
import type { PythonStacks } from "../../hosts/python/find.js";
import type { Reason } from "../../show/cards/reasons.js";
import { saySides } from "../../show/words/ladder-words.js";
import { sayPhaseDifference } from "../../show/words/phase-words.js";
import { sayPercent } from "../../stats/digits.js";
import type { Estimate } from "../../stats/interval.js";
import { narrowest } from "../../stats/scope.js";
import { type HoldsWith, holdsWith } from "../../verdicts/claim-conditions.js";
import { type Change, changeOf, fasterOf, sayEffect } from "../../verdicts/effects.js";
import {
  isNeeded,
  judgePrediction,
  type MechanismTest,
  type MechanismVerdict,
  predictionBound,
} from "../../verdicts/mechanisms.js";
import { type ClaimSetting, loadSettings } from "../../verdicts/published/claim-settings.js";
import type { ClaimConditions } from "../conditions/claim-conditions.js";
import type { Conditions } from "../conditions/conditions.js";
import type { MeasuredLadder } from "../ladder/ladder.js";
import type { WinMap } from "../map/map.js";
import type { Mechanisms } from "../mechanisms/mechanisms.js";
import type { MeasuredPhases } from "../phases.js";

/**
 * What of notebook 06 there is.
 *
 * @example
 * const parts: lab.FoundParts = { ladder: await lab.ladder({ calls: 1000 }) };
 */
export interface FoundParts {
  readonly ladder?: Pick<MeasuredLadder, "costs">;
  readonly phases?: {
    readonly phases: Pick<MeasuredPhases["phases"], "difference" | "differences" | "scope">;
  };
  readonly conditions?: Conditions;
  readonly claims?: Pick<ClaimConditions, "conditions">;
  readonly map?: WinMap;
  readonly mechanisms?: Pick<Mechanisms, "tests" | "runs">;
}

/** All that the parts say, in the order in which it is read: a part more is a line here. */
export function reasonsFrom(parts: FoundParts, python: PythonStacks): readonly Reason[] {
  const settings = loadSettings();
  return [
    ...ladderReasons(parts),
    ...phaseReasons(parts),
    ...settingReasons(parts, settings),
    ...claimReasons(parts),
    ...mapReasons(parts),
    ...mechanismReasons(parts),
    ...unknownReasons(parts, settings, python),
    ...scopeReasons(parts),
  ];
}

function ladderReasons({ ladder }: FoundParts): readonly Reason[] {
  if (ladder === undefined) return [unmeasured("What each layer of a call costs")];
  const sentence = `${saySides(ladder.costs).join(" ")} A post with other libraries in these places measured other steps.`;
  return [{ sentence, shownBy: "figure-waterfall" }];
}

function phaseReasons({ phases }: FoundParts): readonly Reason[] {
  if (phases === undefined) return [unmeasured("In which phase of a call the time goes")];
  const sentence = `Inside one call, ${sayPhaseDifference(phases.phases, { first: "REST", second: "gRPC" })}`;
  return [{ sentence, shownBy: "figure-phases" }];
}

/** Of what some posts had, and a flip stands for, what it does here; the largest effect first. */
function settingReasons({ conditions }: FoundParts, settings: readonly ClaimSetting[]): readonly Reason[] {
  if (conditions === undefined) return [unmeasured("What of the posts' settings decides who is faster")];
  const before = fasterOf(conditions.baseline);
  return measuredFlips(conditions, settings)
    .toSorted((a, b) => sizeOf(b.change) - sizeOf(a.change))
    .map(({ effect, change, had }) => ({
      sentence: `${sayWhoHad(had, settings)}. ${sayEffect(effect, before)} ${conclusions[changeOf(change)]}`,
      shownBy: "figure-effects",
    }));
}

/** What an effect means for posts of which some had what was flipped and some had not. */
const conclusions: Readonly<Record<Change, string>> = {
  "slows REST": "Calls that differ in this alone have that much between their ratios here.",
  "slows gRPC": "Calls that differ in this alone have that much between their ratios here.",
  negligible: "As far as that goes it is not why they disagree here.",
  "no change seen": "Whether this is why they disagree stays open here.",
  unsure: "Whether this is why they disagree stays open here.",
};

function measuredFlips({ effects }: Conditions, settings: readonly ClaimSetting[]) {
  const flips = [...new Set(settings.flatMap(({ flip }) => flip ?? []))];
  return flips.flatMap((flip) => {
    const effect = effects.find(({ words, caution }) => words === flip && caution === "");
    const had = settings.filter((setting) => setting.flip === flip);
    const change = effect?.effect ?? null;
    return effect === undefined || change === null ? [] : [{ flip, effect, change, had }];
  });
}

function sizeOf({ value }: Estimate): number {
  return Math.abs(Math.log(value));
}

/** `Post 000 had a photo of 1.58 MB in a call; post 001 had 512 KB in a call; posts 002, 003 and 004 tell of nothing like it`. */
function sayWhoHad(had: readonly ClaimSetting[], settings: readonly ClaimSetting[]): string {
  const said = had.map(({ setting, flip, claims }) => {
    const near = flip === setting ? "" : ` (here ${flip})`;
    return `${sayPosts(postsOf(claims))} had ${setting}${near}`;
  });
  const having = had.flatMap(({ claims }) => postsOf(claims));
  const others = postsOf(settings.flatMap(({ claims }) => claims)).filter((post) => !having.includes(post));
  const without =
    others.length === 0
      ? []
      : [`${sayPosts(others)} tell${others.length === 1 ? "s" : ""} of nothing like it`];
  return capital([...said, ...without].join("; "));
}

function claimReasons({ claims }: FoundParts): readonly Reason[] {
  if (claims === undefined) return [unmeasured("Under which condition each claim holds")];
  const all = claims.conditions;
  const count = (wanted: HoldsWith) => all.filter((one) => holdsWith(one) === wanted).length;
  const sentence =
    `Of ${all.length} claims that a usual call takes longer over REST than over unary gRPC, ${count("the baseline")} hold here at the baseline, ` +
    `${count("what its post had")} hold with something of their post's own setting or near it, ${count("another flip")} only with a flip that is none of it, and ` +
    `${count("no flip")} with no flip that was tried.`;
  return [{ sentence, shownBy: "table-claims" }];
}

function mapReasons({ map }: FoundParts): readonly Reason[] {
  if (map === undefined) return [unmeasured("Where between two conditions the winner changes")];
  const cells = map.rows.flatMap((row) => row.cells);
  const winners = cells.flatMap(({ ratio }) => (ratio === null ? [] : [fasterOf(ratio)]));
  const [rest, grpc] = (["REST", "gRPC"] as const).map((who) => winners.filter((one) => one === who).length);
  const counted = `REST is faster in ${rest} and gRPC in ${grpc} of the ${cells.length} cells of the map.`;
  const meaning =
    rest && grpc
      ? "Posts whose calls lie on its two sides disagree for that."
      : "So neither of its two axes turns the answer round here, beyond doubt.";
  const sentence = [counted, meaning, ...map.crossings].join(" ");
  return [{ sentence, shownBy: "figure-who-wins" }];
}

/** What interventions made of the reasons for all that: what came out as foretold, and what is more than a story. */
function mechanismReasons({ mechanisms }: FoundParts): readonly Reason[] {
  const tests = (mechanisms?.tests ?? []).flatMap((test) =>
    test.ratio === null ? [] : [{ ...test, verdict: judgePrediction(test.ratio, test.caution) }],
  );
  if (tests.length === 0)
    return [unmeasured("Whether the reasons behind this foretell what was not measured yet")];
  const counted = (verdict: MechanismVerdict) => counting(tests.filter((test) => test.verdict === verdict));
  const needed = tests.filter(
    ({ without, caution, verdict }) =>
      verdict !== "refuted" && without !== null && isNeeded(without, caution) === "yes",
  );
  const sentence =
    `Of ${tests.length} settings that a mechanism foretold before they were measured, ${counted("confirmed")} came out within ` +
    `${sayPercent(predictionBound)}, ${counted("refuted")} did not, and ${counted("undecided")} cannot be told; ` +
    `of those that may have come out, what would be expected without the mechanism is ruled out for ${counting(needed)}.`;
  return [{ sentence, shownBy: "figure-mechanisms" }];
}

/** `2 (TLS and HTTP/2)`. */
function counting(tests: readonly MechanismTest[]): string {
  return tests.length === 0 ? "none" : `${tests.length} (${inWords(tests.map(({ words }) => words))})`;
}

/** What the posts had and nothing here was flipped to, the posts' own programs above all. */
function unknownReasons(
  { conditions, claims }: FoundParts,
  settings: readonly ClaimSetting[],
  python: PythonStacks,
): readonly Reason[] {
  const flipped = conditions === undefined ? [] : measuredFlips(conditions, settings).map(({ flip }) => flip);
  const without = settings.filter(({ flip }) => !flipped.includes(flip ?? ""));
  const said = without.map(({ setting, claims: ids }) => `${setting} (${sayPosts(postsOf(ids))})`);
  const programs =
    python.kind === "ready"
      ? "What the posts' own programs make of it is in notebooks 01, 02, 03 and 05, and in the ledger."
      : `The posts' own programs were not run, because ${python.reason}: what they make of it is not known here; to know it, ${python.advice}.`;
  return [
    {
      sentence: `No flip here says what comes of ${inWords(said)}. ${programs}`,
      shownBy: claims === undefined ? null : "table-claims",
    },
  ];
}

function scopeReasons({ ladder, phases, conditions, map, mechanisms }: FoundParts): readonly Reason[] {
  const runs = [conditions, map, mechanisms].flatMap((part) => part?.runs ?? []);
  const scopes = [
    ...(ladder === undefined ? [] : [ladder.costs.scope]),
    ...(phases === undefined ? [] : [phases.phases.scope]),
    ...runs.map(({ info }) => scopeOf(info, info.pairs)),
  ];
  if (scopes.length === 0) return [];
  return [{ sentence: `All of this is said of ${narrowest(scopes)}.`, shownBy: null }];
}

function unmeasured(what: string): Reason {
  return { sentence: `${what} is not known: it was not measured here.`, shownBy: null };
}

/** The posts of claims, whose ids begin with them. */
function postsOf(claims: readonly string[]): readonly string[] {
  return [...new Set(claims.map((id) => id.slice(0, 3)))].sort();
}

function sayPosts(posts: readonly string[]): string {
  return `${posts.length === 1 ? "post" : "posts"} ${inWords(posts)}`;
}

const list = new Intl.ListFormat("en-GB", { type: "conjunction" });

function inWords(parts: readonly string[]): string {
  return list.format(parts);
}

function capital(text: string): string {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}
