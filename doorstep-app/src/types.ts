// What the API answers, as far as the app shows it. Amounts are texts such as "86.00", instants ISO texts.

export type Lang = "zh" | "en";
export type Facts = Record<string, unknown>;

export interface Deadline {
  key: string;
  clause: string;
  promise: string;
  armed_at: string;
  due_at: string;
  met_at: string | null;
  released_at: string | null;
  state: "met" | "met_late" | "released" | "paused" | "broken" | "passed" | "soon" | "open";
}

export interface Line {
  number: string;
  kind: string;
  status: string;
  status_title: string;
  office: string;
  reported_at: string;
  unit: string;
  reporter: string;
  phone: string;
  content: string;
  urgency: string;
  visit_at: string | null;
  at_once: boolean;
  seen: boolean;
  /** How much of the address is told: full, building, area, meeting_point or masked. */
  address: string;
  due: string;
  deadlines: Deadline[];
}

export interface Collected {
  number: string;
  order: string;
  amount: string;
  unit: string;
  receipt: string;
}

export interface Bag {
  number: string;
  status: string;
  status_title: string;
  day: string;
  expected: string;
  amount: string | null;
  deadline: Deadline | null;
  /** Finance counted another amount, and the collector has not signed that yet. */
  unsigned: boolean;
  difference_reason: string;
  envelope: string;
  charges: Collected[];
}

/** What was missing from the own cash and is not paid back yet, by the case it was booked by. */
export interface Owed {
  office: string;
  amount: string;
  number: string;
}

export interface Note {
  id: number;
  text: string;
  order: string;
  kind: string;
  at: string;
  seen: boolean;
  mine: boolean;
}

/** Goods to buy for a resident: what, how many, by when. */
export interface ErrandLine {
  number: string;
  status: string;
  status_title: string;
  unit: string | null;
  item: string;
  quantity: string;
  buy_by: string;
  deadlines: Deadline[];
}

/** An errand with its steps; what stands in its register as the buyer needs it. */
export interface Errand extends ErrandLine {
  name: string;
  phone: string;
  brand: string;
  nature: string;
  spec: string;
  price: string;
  sheet: string;
  amount: string | null;
  advanced: string;
  held: string;
  actions: Action[];
}

export interface Day {
  now: string;
  orders: Line[];
  /** A day kept from before does not say. */
  errands?: ErrandLine[];
  bags: Bag[];
  /** A day kept from before does not say. */
  owed?: Owed[];
  messages: Note[];
}

/** What is asked about a step unless it happens from `since` to `until`: a door far too early, a length hardly true. */
export interface Question {
  fact: "early" | "length";
  answers: string[];
  since: string | null;
  until: string | null;
  agreed_for?: string;
  begun?: string;
  planned?: number;
}

export interface Action {
  verb: string;
  title: string;
  clauses: string[];
  required: string[];
  optional: string[];
  on: string;
  on_behalf?: boolean;
  asks?: Question;
}

export interface PromptLine {
  clause: string;
  title?: string;
  title_en?: string;
  text: string;
  text_en: string;
  chosen: string[];
  /** One of the few that stand open on the card. */
  foremost?: boolean;
}

export interface Prompt {
  group: string;
  title: string;
  screen: string;
  situation: string;
  ticked: boolean;
  lines: PromptLine[];
}

export interface PriceLine {
  code: string;
  name: string;
  name_en: string;
  price: string;
  quantity: string;
  amount: string;
  /** The higher-priced job of the same block of time, which alone is charged. */
  under?: string;
}

export interface PriceItem {
  code: string;
  name: string;
  name_en: string;
  price: string;
  per: string;
  is_material: boolean;
  /** A service of housekeeping; a list kept from before does not say. */
  is_cleaning?: boolean;
}

export interface Related {
  number: string;
  kind: string;
  status: string;
  actions: Action[];
}

export interface EarlierVisit {
  worker: string;
  number: string;
  arrived_at: string;
  outcome: string;
}

/** One acceptance of cleaning, or its failure with the items to do again. */
export interface Acceptance {
  round: number;
  step: string;
  by: string;
  at: string;
  items?: string[];
  remark?: string;
}

export interface Order {
  number: string;
  kind: string;
  status: string;
  status_title: string;
  office: string;
  unit: string;
  reporter: string;
  phone: string;
  content: string;
  requirements: string;
  urgency: string;
  visit_at: string | null;
  at_once: boolean;
  quote: PriceLine[];
  materials: PriceLine[];
  due: string;
  agreed: string | null;
  agreed_how: string;
  summary: string;
  rating: number | null;
  opinion: string;
  photos: string[];
  actions: Action[];
  prompts: Prompt[];
  deadlines: Deadline[];
  related: Related[];
  legal_owner?: string;
  earlier_visits?: EarlierVisit[];
  resident_link?: string;
  /** Of a housekeeping order: who goes, what is accepted one by one, how it went so far, and who accepts before the resident. */
  workers?: { number: string; name: string }[];
  items?: string[];
  acceptances?: Acceptance[];
  chain?: "customer_only" | "four_steps";
  /** Of an alarm: whether it is opened, moved or repaired. */
  job?: string;
  /** Of an emergency: what of its list is done and by whom, what kind it is, and what the caller said is dangerous there. */
  emergency?: { duty: string; title: string; done: boolean; by?: string }[];
  emergency_kind?: string;
  hazards_told?: string;
  hazards?: { what: string; measures: string; removed?: string }[];
}

export interface Background {
  link: string;
  qr: string;
  office: { name: string; phone: string; company: string };
  reporter_role: "owner" | "tenant" | "family" | "agent" | null;
  special_care: string;
  warranty_until: string | null;
  under_warranty: boolean;
  collects_below: string | null;
  warnings: { about: string; told: string; consented: boolean; answers: string }[];
  damages: { item: string; price: string; compensation: string; note: string }[];
}

export interface Problem {
  status: number;
  clause: string | null;
  why: string;
  why_zh: string;
  errors: { path: string; message: string }[];
}

/** What somebody who comes in is given. */
export interface Welcome {
  token: string;
  name: string;
  number: string;
  language: string;
}
