// One step as a form: its fields, the reminders of its situation, and a refusal beside the button.
import { useEffect, useState } from "preact/hooks";
import { factsOf, missing, shownFields, type Field, type Form, type Values } from "../forms";
import { asText } from "../photos";
import type { Facts, Order, Problem, Prompt } from "../types";
import { useWords } from "../words";
import { RefusalNote } from "./bits";
import { Icon } from "./icons";
import { Reminders } from "./prompts";

interface Asked {
  verb: string;
  form: Form;
  order: Order;
  start: Values;
  /** What the step is called, where the words of a visit call another one so. */
  title?: string;
  send: (facts: Facts, prompt: Prompt | undefined) => Promise<Problem | null>;
}

export function StepForm({ verb, form, order, start, title, send }: Asked) {
  const { w } = useWords();
  const draft = `menling.draft.${order.number}.${verb}`;
  const [values, setValues] = useState<Values>(() => ({ ...start, ...kept(draft) }));
  const [wrong, setWrong] = useState<string[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => keep(draft, values), [draft, values]);
  const fields = shownFields(form, values, order);
  const situation = form.situation?.(values);
  const prompt = order.prompts.find((each) => situation && each.situation === situation);
  const submit = async (event: Event) => {
    event.preventDefault();
    const lacking = missing(fields, values);
    setWrong(lacking);
    setProblem(null);
    if (lacking.length > 0 || busy) return;
    setBusy(true);
    const refused = await send(factsOf(verb, fields, values, order), prompt);
    setBusy(false);
    setProblem(refused);
    if (!refused) localStorage.removeItem(draft);
  };
  const word = title ?? w.verbs[verb] ?? verb;
  return (
    <form class="step" onSubmit={submit} noValidate>
      {prompt && <Reminders prompt={prompt} brief />}
      {fields.map((field) => (
        <Entry key={field.name} field={field} order={order} value={values[field.name]} wrong={wrong.includes(field.name)}
          change={(value) => setValues({ ...values, [field.name]: value })} />
      ))}
      {verb === "finish" && order.photos.length > 0 && <p class="quiet">{w.photosGoAlong(order.photos.length)}</p>}
      {problem && <RefusalNote verb={word} problem={problem} />}
      <button class="button primary" disabled={busy}>{word}</button>
    </form>
  );
}

/** Keep what was typed and chosen, without pictures: these are large, and the queue has to hold them. A full phone keeps no draft. */
function keep(draft: string, values: Values): void {
  const typed = Object.entries(values).filter(([, value]) => !String(value).startsWith("data:"));
  try {
    localStorage.setItem(draft, JSON.stringify(Object.fromEntries(typed)));
  } catch {
    localStorage.removeItem(draft);
  }
}

function kept(draft: string): Values {
  return JSON.parse(localStorage.getItem(draft) ?? "{}") as Values;
}

interface EntryAsked {
  field: Field;
  order: Order;
  value: string | boolean | undefined;
  wrong: boolean;
  change: (value: string | boolean) => void;
}

function Entry({ field, order, value, wrong, change }: EntryAsked) {
  const { w } = useWords();
  const label = field.label(w);
  if (field.type === "check") {
    return (
      <label class="check">
        <input type="checkbox" name={field.name} checked={Boolean(value)} onChange={(event) => change(event.currentTarget.checked)} />
        <span>{label}</span>
      </label>
    );
  }
  if (field.type === "choice") return <Choice field={field} label={label} value={String(value ?? "")} wrong={wrong} change={change} />;
  if (field.type === "photo") return <Picture label={label} value={String(value ?? "")} change={change} />;
  return (
    <label class={wrong ? "field wrong" : "field"}>
      <span>{label}{wrong && <em> {w.needed}</em>}</span>
      <Box field={field} value={String(value ?? "")} change={change} />
      {field.hint && <small>{field.hint(w, order)}</small>}
      {field.chips && <Chips chips={field.chips(w, order)} field={field} value={String(value ?? "")} change={change} />}
    </label>
  );
}

/** A photo that goes along with the step: taken now, sent with it. */
function Picture({ label, value, change }: { label: string; value: string; change: (value: string) => void }) {
  const { w } = useWords();
  const [trouble, setTrouble] = useState("");
  const take = (file: File | undefined) => {
    setTrouble("");
    if (file) asText(file).then(change, () => setTrouble(w.again));
  };
  return (
    <label class="tile">
      {value ? <img class="taken" src={value} alt={label} /> : <Icon name="camera" />}{value ? w.takeAnew : label}
      <input type="file" name="photo" accept="image/*" capture="environment" onChange={(event) => take(event.currentTarget.files?.[0])} />
      {trouble && <small role="alert">{trouble}</small>}
    </label>
  );
}

interface ChoiceAsked {
  field: Field;
  label: string;
  value: string;
  wrong: boolean;
  change: (value: string) => void;
}

function Choice({ field, label, value, wrong, change }: ChoiceAsked) {
  const { w } = useWords();
  return (
    <fieldset class={wrong ? "choice wrong" : "choice"}>
      <legend>{label}{wrong && <em> {w.needed}</em>}</legend>
      <div>
        {Object.entries(field.options?.(w) ?? {}).map(([option, title]) => (
          <label key={option}>
            <input type="radio" name={field.name} value={option} checked={option === value} onChange={() => change(option)} />
            <span>{title}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Box({ field, value, change }: { field: Field; value: string; change: (value: string) => void }) {
  const props = { name: field.name, value, onInput: (event: { currentTarget: { value: string } }) => change(event.currentTarget.value) };
  if (field.type === "area") return <textarea rows={3} {...props} />;
  if (field.type === "moment") return <input type="datetime-local" {...props} />;
  if (field.type === "money" || field.type === "count") return <input inputMode="decimal" class="figure" {...props} />;
  return <input type="text" {...props} />;
}

interface ChipsAsked {
  chips: [string, string][];
  field: Field;
  value: string;
  change: (value: string) => void;
}

/** Ready-made answers: a time replaces what stands there, a word joins it. */
function Chips({ chips, field, value, change }: ChipsAsked) {
  const put = (chip: string) => change(field.type === "moment" || !value.trim() ? chip : `${value.trim()}${field.many ? "\n" : " "}${chip}`);
  return (
    <span class="chips">
      {chips.map(([label, chip]) => (
        <button type="button" key={label} onClick={() => put(chip)}>{label}</button>
      ))}
    </span>
  );
}
