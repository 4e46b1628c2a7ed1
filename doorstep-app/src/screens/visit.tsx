// One visit: unit and promise on top, what is known below, the one next step within the thumb's reach.
import { useEffect, useRef, useState } from "preact/hooks";
import { actionsOf, nextAfter, type Next } from "../flow";
import { formOf, type Form } from "../forms";
import { Empty, Failed, Left, PromiseWords, Sheet } from "../parts/bits";
import { Dock } from "../parts/dock";
import { StepForm } from "../parts/form";
import { Icon } from "../parts/icons";
import { Others } from "../parts/others";
import { cardOf, PromptCard, Reminders } from "../parts/prompts";
import { go } from "../route";
import { officeNow, useNow } from "../store";
import { doorAhead, foremost } from "../time";
import type { Facts, Order, Prompt } from "../types";
import { useVisiting, type Visiting } from "../visiting";
import { useWords } from "../words";
import { Facts as Known } from "./facts";
import { Material, Prices } from "./prices";
import { Resident } from "./resident";

export function Visit({ number, over }: { number: string; over: string }) {
  const { w } = useWords();
  const visiting = useVisiting(number);
  const { order, failed, reload } = visiting;
  if (!order) return <main class="visit">{failed ? <Failed again={() => void reload()} /> : <Empty title={w.loading} />}</main>;
  if (over === "resident") return <Resident visiting={visiting} order={order} />;
  if (over === "prices") return <Prices visiting={visiting} order={order} />;
  if (over === "material") return <Material visiting={visiting} order={order} />;
  return <Open visiting={visiting} order={order} />;
}

type Shown = { sort: "none" } | { sort: "others" } | { sort: "form"; verb: string; form: Form } | { sort: "situation"; prompt: Prompt };

function Open({ visiting, order }: { visiting: Visiting; order: Order }) {
  const { w } = useWords();
  const page = useRef<HTMLElement>(null);
  useEffect(() => page.current?.scrollIntoView({ block: "start" }), [order.status]);
  const [shown, setShown] = useState<Shown>({ sort: "none" });
  const [busy, setBusy] = useState(false);
  const close = () => setShown({ sort: "none" });
  const next = nextAfter(order, visiting.known, busy ? [] : visiting.waiting);
  const card = cardOf(order.prompts);
  const choose = async (verb: string) => {
    if (verb === "add_photo") return close();
    if (verb === "quote") return go(`/visit/${order.number}/prices`);
    if (verb === "add_material") return go(`/visit/${order.number}/material`);
    visiting.clear();
    const form = formOf(verb, order, officeNow());
    if (form) return setShown({ sort: "form", verb, form });
    close();
    setBusy(true);
    await visiting.take(verb);
    setBusy(false);
  };
  const press = (wanted: Next) => {
    if (wanted.sort === "resident") return go(`/visit/${order.number}/resident`);
    if (wanted.sort !== "none") void choose(wanted.verb);
  };
  const send = async (verb: string, facts: Facts, prompt: Prompt | undefined) => {
    if (prompt && !prompt.ticked) await visiting.tick(prompt);
    const problem = await visiting.take(verb, facts);
    if (!problem) close();
    return problem;
  };
  const form = shown.sort === "form" ? shown.form : undefined;
  return (
    <main class="visit" ref={page}>
      <Head order={order} />
      <div class="visit-body">
        <Known order={order} visiting={visiting}>{card && <PromptCard prompt={card} tick={(opened) => void visiting.tick(card, opened)} />}</Known>
      </div>
      <Dock order={order} visiting={visiting} next={next} busy={busy} press={() => press(next)} others={() => setShown({ sort: "others" })}
        trouble={form ? null : visiting.trouble} />
      {shown.sort === "others" && (
        <Others actions={actionsOf(order)} next={next} prompts={order.prompts} close={close} choose={(verb) => void choose(verb)}
          situation={(prompt) => setShown({ sort: "situation", prompt })} />
      )}
      {shown.sort === "form" && form && (
        <Sheet title={w.verbs[shown.verb] ?? shown.verb} close={close}>
          <StepForm key={shown.verb} verb={shown.verb} form={form} order={order} start={form.start?.(order, visiting.known) ?? {}}
            send={(facts, prompt) => send(shown.verb, facts, prompt)} />
        </Sheet>
      )}
      {shown.sort === "situation" && (
        <Sheet title={shown.prompt.title} close={close}>
          <Reminders prompt={shown.prompt} />
          <button class="button primary" onClick={() => (void visiting.tick(shown.prompt), close())}>{w.allDoneGroup}</button>
        </Sheet>
      )}
    </main>
  );
}

function Head({ order }: { order: Order }) {
  const { w } = useWords();
  const now = useNow();
  const promise = foremost(order.deadlines, now);
  const door = doorAhead(order.deadlines, promise);
  return (
    <header class="visit-head">
      <div class="visit-bar">
        <a class="plain" href="#/jobs" aria-label={w.back}><Icon name="back" /></a>
        <span class="quiet num">{order.number}</span>
        <span class="state">{order.urgency === "emergency" && <em class="urgent">{w.emergency}</em>}<span class="cap">{order.status_title}</span></span>
      </div>
      <div class="visit-promise">
        <h1 class={/^[\w-]+$/.test(order.unit) ? "unit" : "unit words"}>{order.unit}</h1>
        {promise && <Left promise={promise} now={now} />}
        {promise && <p><PromiseWords promise={promise} now={now} /></p>}
        {door && <p class="then"><PromiseWords promise={door} now={now} /></p>}
      </div>
    </header>
  );
}
