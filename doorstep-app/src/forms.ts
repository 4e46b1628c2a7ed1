// What each step asks for: one row per verb. A verb without a row is taken with one tap.
import { actionsOf, dutiesOf, isCleaning } from "./flow";
import { asText, fen } from "./money";
import { officeNow } from "./store";
import { fromField, said, toField } from "./time";
import type { Background, Facts, Order, Question } from "./types";
import type { Words } from "./words";
import { en } from "./words/en";

export type Values = Record<string, string | boolean>;

export interface Field {
  name: string;
  label: (w: Words) => string;
  type: "text" | "area" | "money" | "count" | "moment" | "choice" | "check" | "photo";
  required?: boolean;
  /** A line of its own each, sent as a list. */
  many?: boolean;
  /** Sent even when empty, so that the server says what its clause asks for. */
  always?: boolean;
  hint?: (w: Words, order: Order) => string;
  options?: (w: Words) => Record<string, string>;
  chips?: (w: Words, order: Order) => [label: string, value: string][];
  when?: (values: Values, order: Order) => boolean;
}

export interface Form {
  fields: Field[];
  /** What stands in the fields at first. */
  start?: (order: Order, known: Background | null) => Values;
  /** The situation whose reminders belong to this step. */
  situation?: (values: Values) => string;
}

const soon = (w: Words): [string, string][] =>
  [10, 20, 30, 60].map((n) => [w.plus(n), toField(new Date(officeNow().getTime() + n * 60_000))]);
const SITUATIONS: Record<string, string> = { damage: "risk", valuables: "valuables", concealed_lines: "installation", load: "heavy" };
const lines = (w: Words, order: Order): [string, string][] =>
  [...(order.items ?? []), ...[...order.quote, ...order.materials].map((line) => (w === en && line.name_en) || line.name)].filter(Boolean).map((each) => [each, each]);
const short = (values: Values, order: Order): boolean => {
  const given = fen(String(values["amount"] ?? ""));
  return given !== null && given < (fen(order.due) ?? 0);
};

export const FORMS: Record<string, Form> = {
  delay: {
    fields: [
      { name: "reason", label: (w) => w.reason, type: "area", required: true },
      { name: "can_come_at", label: (w) => w.canComeAt, type: "moment", required: true, chips: soon },
    ],
    situation: () => "late",
  },
  absent: {
    fields: [{ name: "slip", label: (w) => w.slip, type: "text", hint: (w) => w.slipHint, always: true }],
    situation: () => "nobody_home",
  },
  consent: {
    fields: [{ name: "how", label: (w) => w.how, type: "choice", options: (w) => w.hows, required: true }],
    start: (order) => ({ how: "in_person", amount: order.due }),
  },
  refuse_price: { fields: [{ name: "reason", label: (w) => w.reason, type: "area" }] },
  warn: {
    fields: [
      { name: "about", label: (w) => w.about, type: "choice", options: (w) => w.abouts, required: true },
      { name: "told", label: (w) => w.told, type: "area", required: true },
      {
        name: "answers", label: (w) => w.answers, type: "text",
        when: (values) => values["about"] === "concealed_lines" || values["about"] === "load",
      },
      { name: "consented", label: (w) => w.consented, type: "check" },
    ],
    start: () => ({ about: "damage", consented: false }),
    situation: (values) => SITUATIONS[String(values["about"])] ?? "",
  },
  report_difficulty: {
    fields: [{ name: "what", label: (w) => w.what, type: "area", required: true }],
    situation: () => "difficult",
  },
  add_material: {
    fields: [
      { name: "name", label: (w) => w.name, type: "text", required: true },
      { name: "quantity", label: (w) => w.quantity, type: "count", required: true },
      { name: "free", label: (w) => w.free, type: "check" },
      { name: "stock_price", label: (w) => w.stockPrice, type: "money", required: true, when: (values) => !values["free"] },
    ],
    start: () => ({ quantity: "1", free: false }),
  },
  ask_review: {
    fields: [
      { name: "content", label: (w) => w.reviewWhat, type: "area", required: true },
      { name: "price", label: (w) => w.reviewPrice, type: "money", required: true },
    ],
  },
  report_damage: {
    fields: [
      { name: "item", label: (w) => w.item, type: "text", required: true },
      { name: "price", label: (w) => w.itemPrice, type: "money", required: true },
      { name: "note", label: (w) => w.note, type: "area" },
    ],
    situation: () => "damage",
  },
  report_hazard: {
    fields: [
      { name: "hazard", label: (w) => w.hazard, type: "text", required: true },
      { name: "measures", label: (w) => w.measures, type: "area", required: true },
      { name: "shown", label: (w) => w.hazardShown, type: "check" },
    ],
    start: () => ({ shown: false }),
  },
  remove_hazard: { fields: [{ name: "done", label: (w) => w.done, type: "area", required: true }] },
  check_off: {
    fields: [
      { name: "duty", label: (w) => w.duty, type: "text", required: true, chips: (_w, order) => dutiesOf(order).map(([name, title]) => [title, name]) },
      { name: "informed", label: (w) => w.informed, type: "text" },
      { name: "needed", label: (w) => w.wasNeeded, type: "check" },
      { name: "reason", label: (w) => w.reason, type: "text", required: true, when: (values) => !values["needed"] },
    ],
    start: (order) => ({ needed: true, duty: dutiesOf(order)[0]?.[0] ?? "" }),
  },
  await_material: {
    fields: [
      { name: "material", label: (w) => w.material, type: "text", required: true },
      { name: "bought_by", label: (w) => w.boughtBy, type: "choice", options: (w) => w.buyers, required: true },
      { name: "card", label: (w) => w.card, type: "check", when: (values) => values["bought_by"] === "resident" },
    ],
    start: () => ({ card: true, bought_by: "resident" }),
    situation: () => "material",
  },
  carry_over: {
    fields: [
      { name: "reason", label: (w) => w.reason, type: "area", required: true },
      { name: "next_at", label: (w) => w.nextAt, type: "moment", required: true },
      { name: "handler", label: (w) => w.handler, type: "text" },
    ],
  },
  finish: {
    fields: [
      { name: "summary", label: (w) => w.summary, type: "area", required: true, hint: (w, order) => (isCleaning(order) ? w.cleanedHint : w.summaryHint), chips: lines },
      { name: "damaged", label: (w) => w.damaged, type: "check" },
    ],
    start: () => ({ damaged: false }),
  },
  accept_site: { fields: [{ name: "remark", label: (w) => w.note, type: "text" }] },
  object: {
    fields: [
      {
        name: "items", label: (w) => w.whichItems, type: "area", required: true, many: true, when: (_values, order) => isCleaning(order),
        chips: (_w, order) => (order.items ?? []).map((each) => [each, each]),
      },
      { name: "reason", label: (w) => w.whatNotRight, type: "area", required: true, when: (_values, order) => !isCleaning(order) },
    ],
    situation: () => "objection",
  },
  rework: { fields: [{ name: "done", label: (w) => w.done, type: "area", required: true }], situation: () => "objection" },
  query_fee: { fields: [{ name: "question", label: (w) => w.question, type: "area", required: true }], situation: () => "fee" },
  collect: {
    fields: [
      { name: "method", label: (w) => w.method, type: "choice", options: (w) => w.methods, required: true },
      { name: "amount", label: (w) => w.amount, type: "money", required: true },
      { name: "shortfall_reason", label: (w) => w.shortfall, type: "text", required: true, when: short },
      { name: "responsible", label: (w) => w.responsible, type: "text", required: true, when: short },
    ],
    start: (order) => ({ method: "cash", amount: order.due }),
  },
  note: { fields: [{ name: "text", label: (w) => w.text, type: "area", required: true }] },
};

/** The form of a step as it is taken now: with a question of its own where its time is a doubtful one. */
export function formOf(verb: string, order: Order, now: Date): Form | undefined {
  const form = FORMS[verb];
  const asks = actionsOf(order).find((each) => each.verb === verb)?.asks;
  if (!asks || !doubts(asks, now)) return form;
  const question: Field = {
    name: asks.fact, label: (w) => inWords(asks, now, w), type: "choice", required: true,
    options: (w) => Object.fromEntries(asks.answers.map((each) => [each, w.doubts[each] ?? each])),
  };
  return { ...form, fields: [question, ...(form?.fields ?? [])] };
}

const doubts = (asks: Question, now: Date): boolean =>
  (asks.since !== null && now.getTime() < Date.parse(asks.since)) || (asks.until !== null && now.getTime() > Date.parse(asks.until));

function inWords(asks: Question, now: Date, w: Words): string {
  const lang = w === en ? "en" : "zh";
  if (asks.fact === "early") return w.askEarly(said(asks.agreed_for ?? "", now, lang), said(now.toISOString(), now, lang));
  return w.askLength(Math.floor((now.getTime() - Date.parse(asks.begun ?? "")) / 60_000), asks.planned ?? 0);
}

const toldWhy: Field[] = [
  { name: "reason", label: (w) => w.reason, type: "area", required: true },
  { name: "told_resident", label: (w) => w.toldResident, type: "check" },
  { name: "apologised", label: (w) => w.apologised, type: "check" },
];

/** What the steps of an errand ask for; its delay is one of the shop, not of the road. */
export const ERRAND_FORMS: Record<string, Form> = {
  buy: {
    fields: [
      { name: "amount", label: (w) => w.invoiced, type: "money", required: true },
      { name: "invoice", label: (w) => w.invoice, type: "text", always: true, hint: (w) => w.invoiceHint },
      { name: "photo", label: (w) => w.invoicePhoto, type: "photo" },
    ],
  },
  delay: { fields: [...toldWhy, { name: "buy_by", label: (w) => w.buyBy, type: "moment", required: true }] },
  not_bought: { fields: toldWhy },
  object: { fields: [{ name: "reason", label: (w) => w.whatNotRight, type: "area", required: true }] },
  settle: { fields: [{ name: "method", label: (w) => w.method, type: "choice", options: (w) => w.methods, required: true }], start: () => ({ method: "cash" }) },
  note: { fields: [{ name: "text", label: (w) => w.text, type: "area", required: true }] },
};

export const shownFields = (form: Form, values: Values, order: Order): Field[] =>
  form.fields.filter((field) => !field.when || field.when(values, order));

/** The names of the fields that still need something. */
export function missing(fields: Field[], values: Values): string[] {
  return fields
    .filter((field) => field.type !== "check")
    .filter((field) => {
      const value = String(values[field.name] ?? "").trim();
      if (!value) return field.required;
      return (field.type === "money" || field.type === "count") && fen(value) === null;
    })
    .map((field) => field.name);
}

/** The facts of a step out of a filled form; what is empty is left out. */
export function factsOf(verb: string, fields: Field[], values: Values, order: Order): Facts {
  const facts: Facts = {};
  for (const field of fields) {
    const value = values[field.name];
    if (field.many) facts[field.name] = String(value ?? "").split("\n").map((each) => each.trim()).filter(Boolean);
    else if (field.type === "check") facts[field.name] = Boolean(value);
    else if (field.always || String(value ?? "").trim()) facts[field.name] = written(field, String(value ?? ""));
  }
  if (verb === "finish" && order.photos.length > 0) facts["photos"] = order.photos;
  if (verb === "consent") facts["amount"] = order.due;
  if (verb === "collect" && facts["amount"] === order.due) delete facts["amount"]; // absent means: exactly what is due
  return facts;
}

function written(field: Field, value: string): string {
  if (field.type === "moment") return fromField(value);
  if (field.type === "money") return asText(fen(value) ?? 0);
  return value.trim();
}
