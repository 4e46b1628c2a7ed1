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

type Choose = (order: Order, open: Set<string>, known: Background | null) => Next;
const PRICES: Next = { sort: "prices", verb: "quote", word: "quote" };

const WANTED: Record<string, Choose> = {
  acknowledged: () => step("arrive"),
  on_site: () => PRICES,
  quoted: () => ({ sort: "resident", verb: "consent", word: "consent" }),
  working: (order) => (agreed(order) ? step("finish") : PRICES),
  finished: () => ({ sort: "resident", verb: "sign", word: "resident" }),
  objected: () => step("rework"),
  signed: (order, open, known) => closing(order, open, known),
  reviewed: (order, open, known) => closing(order, open, known),
  signed_off: (order, open, known) => closing(order, open, known),
  completed: (order, open, known) => closing(order, open, known),
};

export const agreed = (order: Order): boolean => fen(order.due) === 0 || order.agreed === order.due;

/** The charge waits for somebody with the right to take so much. */
export function leadCollects(order: Order, open: Set<string>, known: Background | null): boolean {
  const from = known?.collects_below;
  return open.has("collect") && typeof from === "string" && (fen(order.due) ?? 0) >= (fen(from) ?? 0);
}

function closing(order: Order, open: Set<string>, known: Background | null): Next {
  if (open.has("collect") && !leadCollects(order, open, known)) return step("collect");
  return open.has("sign_off") ? step("sign_off") : NONE;
}

const MINE_IS_DONE = ["signed_off", "completed", "archived"];
const PARKED = ["nobody_home", "unfinished", "waiting_material"];
const AT_IT = ["on_site", "quoted", "working", "finished", "objected", "signed", "reviewed"];

export type Place = "unseen" | "now" | "next" | "parked" | "done";

/** Where an order stands in the day of its worker. */
export function placeOf(line: Line): Place {
  if (line.status === "dispatched" || !line.seen) return "unseen";
  if (MINE_IS_DONE.includes(line.status)) return "done";
  if (PARKED.includes(line.status)) return "parked";
  return AT_IT.includes(line.status) ? "now" : "next";
}

export const isParked = (status: string): boolean => PARKED.includes(status);
