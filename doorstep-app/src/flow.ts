// Which step is the next one: the one big button of a visit.
import { fen } from "./money";
import type { Action, Background, Line, Order } from "./types";

/** What the big button does: take a step, open the prices, or hand the screen to the resident. */
export type Next =
  | { sort: "step"; verb: string; word: string }
  | { sort: "prices"; verb: "quote"; word: string }
  | { sort: "resident"; verb: "consent" | "sign"; word: string }
  | { sort: "none" };

const NONE: Next = { sort: "none" };
const step = (verb: string, word = verb): Next => ({ sort: "step", verb, word });

/** Every action open to the worker, those of the order's charge among them. */
export function actionsOf(order: Order): Action[] {
  const money = order.related.filter((each) => each.kind === "charge").flatMap((each) => each.actions);
  return [...order.actions, ...money.filter((each) => !order.actions.some((own) => own.verb === each.verb))].filter(
    (each) => !each.on_behalf,
  );
}

export function nextOf(order: Order, known: Background | null): Next {
  const open = new Set(actionsOf(order).map((each) => each.verb));
  if (open.has("acknowledge")) return step("acknowledge", order.status === "dispatched" ? "acknowledge" : "seen");
  const wanted = WANTED[order.status]?.(order, open, known) ?? NONE;
  return wanted.sort === "step" && !open.has(wanted.verb) ? NONE : wanted;
}

/** The next step while others wait for the network: never one that is on its way already. */
export function nextAfter(order: Order, known: Background | null, waiting: string[]): Next {
  if (waiting.length === 0) return nextOf(order, known);
  const status = waiting.includes("acknowledge") && order.status === "dispatched" ? "acknowledged" : order.status;
  const next = nextOf({ ...order, status, actions: order.actions.filter((each) => !waiting.includes(each.verb)) }, known);
  return next.sort !== "none" && waiting.includes(next.verb) ? NONE : next;
}

type Choose = (order: Order, open: Set<string>, known: Background | null) => Next;
const PRICES: Next = { sort: "prices", verb: "quote", word: "quote" };

const WANTED: Record<string, Choose> = {
  acknowledged: () => step("arrive"),
  on_site: (_order, open) => (open.has("quote") ? PRICES : step("start")),
  quoted: () => ({ sort: "resident", verb: "consent", word: "consent" }),
  working: (order) => (agreed(order) ? step("finish") : PRICES),
  finished: (order, open) => (open.has("accept_site") ? step("accept_site") : accepting(order)),
  site_accepted: (order) => accepting(order),
  team_accepted: (order) => accepting(order),
  office_accepted: (order) => accepting(order),
  objected: () => step("rework"),
  signed: (order, open, known) => closing(order, open, known),
  reviewed: (order, open, known) => closing(order, open, known),
  signed_off: (order, open, known) => closing(order, open, known),
  completed: (order, open, known) => closing(order, open, known),
};

/** The resident signs; after cleaning, where the office has four acceptances, as the last of them. */
function accepting(order: Order): Next {
  return isForResident(order) ? { sort: "resident", verb: "sign", word: "resident" } : NONE;
}

export const isForResident = (order: Order): boolean =>
  order.chain === "four_steps" ? order.status === "office_accepted" : order.status === "finished";

/** Whether others of the office look at the cleaning before the resident does. */
export const isChecked = (order: Order): boolean => ["site_accepted", "team_accepted"].includes(order.status);

export const isCleaning = (order: { kind: string }): boolean => order.kind === "housekeeping";

export const isAlarm = (order: { kind: string }): boolean => order.kind === "alarm";

/** What of the list of an emergency is still to do, as (name, title). */
export const dutiesOf = (order: Order): [string, string][] =>
  (order.emergency ?? []).filter((each) => !each.done).map((each) => [each.duty, each.title]);

/** The items of the last failed acceptance, while they are to be done again. */
export const toRedo = (order: Order): string[] =>
  order.status === "objected" ? (order.acceptances?.filter((each) => each.step === "object").pop()?.items ?? []) : [];

export const agreed = (order: Order): boolean => fen(order.due) === 0 || order.agreed === order.due;

const chargeOf = (order: Order) => order.related.find((each) => each.kind === "charge");

/** What keeps the worker from collecting: the sum is for a business lead, or the resident has a question. */
export function keptFromCollecting(order: Order, known: Background | null): "" | "lead" | "question" {
  const charge = chargeOf(order);
  if (charge?.status === "questioned") return "question";
  const from = known?.collects_below;
  return charge?.status === "due" && typeof from === "string" && (fen(order.due) ?? 0) >= (fen(from) ?? 0) ? "lead" : "";
}

function closing(order: Order, open: Set<string>, known: Background | null): Next {
  if (open.has("collect") && !keptFromCollecting(order, known)) return step("collect");
  return open.has("sign_off") ? step("sign_off") : NONE;
}

const MINE_IS_DONE = ["signed_off", "completed", "archived"];
const PARKED = ["nobody_home", "unfinished", "waiting_material"];
const AT_IT = ["on_site", "quoted", "working", "objected"];
const CLOSING = ["finished", "site_accepted", "team_accepted", "office_accepted", "signed", "reviewed"];

export type Place = "unseen" | "now" | "next" | "closing" | "parked" | "done";

/** Where an order stands in the day of its worker. */
export function placeOf(line: Line): Place {
  if (line.status === "dispatched" || !line.seen) return "unseen";
  if (MINE_IS_DONE.includes(line.status)) return "done";
  if (PARKED.includes(line.status)) return "parked";
  if (CLOSING.includes(line.status)) return "closing";
  return AT_IT.includes(line.status) ? "now" : "next";
}

export const isParked = (status: string): boolean => PARKED.includes(status);
