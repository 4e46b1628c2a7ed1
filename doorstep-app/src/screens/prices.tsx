// The published prices: to look at, to show the resident a price, to add material.
import { useEffect, useState } from "preact/hooks";
import { loadPrices } from "../api";
import { actionsOf, isCleaning } from "../flow";
import { FORMS } from "../forms";
import { likeness } from "../likeness";
import { asText, fen, sum, times, yuan } from "../money";
import { Empty, Failed, RefusalNote, Sheet } from "../parts/bits";
import { StepForm } from "../parts/form";
import { Icon } from "../parts/icons";
import { go } from "../route";
import type { Facts, Order, PriceItem, Problem } from "../types";
import type { Visiting } from "../visiting";
import { useWords } from "../words";

interface Shown {
  visiting: Visiting;
  order: Order;
}

export function usePrices(office: string): { items: PriceItem[] | null; failed: boolean; again: () => void } {
  const [items, setItems] = useState<PriceItem[] | null>(null);
  const [failed, setFailed] = useState(false);
  const again = () => {
    setFailed(false);
    loadPrices(office).then(setItems, () => setFailed(true));
  };
  useEffect(again, [office]);
  return { items, failed, again };
}

export function Prices({ visiting, order }: Shown) {
  const { w } = useWords();
  const { items, failed, again } = usePrices(order.office);
  const [counts, setCounts] = useState<Record<string, number>>(() => Object.fromEntries(order.quote.map((line) => [line.code, (fen(line.quantity) ?? 100) / 100])));
  const [own, setOwn] = useState(() => ownOf(order));
  const [writing, setWriting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [all, setAll] = useState(false);
  const open = new Set(actionsOf(order).map((each) => each.verb));
  const can = open.has("quote");
  const others = ofOthers(items ?? [], order).filter((each) => !counts[each.code]);
  const chosen = (items ?? []).filter((each) => (counts[each.code] ?? 0) > 0);
  const work = own ? own.amount : sum(chosen.map((each) => times(fen(each.price) ?? 0, String(counts[each.code]))));
  const total = work + sum(order.materials.map((line) => fen(line.amount) ?? 0));
  const ready = chosen.length > 0 || own !== null;
  const send = async (facts: Facts, after = `/visit/${order.number}/resident`) => {
    const refused = await visiting.take("quote", facts);
    setProblem(refused);
    if (!refused) go(after, true);
  };
  const quote = () => send(own
    ? { amount: asText(own.amount), description: own.description }
    : { items: chosen.map((each) => ({ code: each.code, quantity: String(counts[each.code]) })) });
  const free = async () => {
    const refused = await visiting.take("start");
    setProblem(refused);
    if (!refused) go(`/visit/${order.number}`, true);
  };
  return (
    <main class="visit prices">
      <Bar order={order} title={can ? w.verbs["quote"] ?? "" : w.prices} />
      <List items={items && items.filter((each) => all || !others.includes(each))} failed={failed} again={again} wish={order.content} material={false} row={(item) => (
        <Item key={item.code} item={item} count={counts[item.code] ?? 0} change={can ? (count) => (setOwn(null), setCounts({ ...counts, [item.code]: count })) : undefined} />
      )}>
        {can && <button class={own ? "row item chosen" : "row item"} onClick={() => setWriting(true)}>
          <span>{own ? own.description : w.notListed}</span>{own && <b class="num">{yuan(own.amount)}</b>}</button>}
        {!all && others.length > 0 && <button class="row item" onClick={() => setAll(true)}><span class="quiet">{w.allPrices(others.length)}</span></button>}
      </List>
      {can && (
        <footer class="dock">
          {problem && <RefusalNote verb={w.verbs["quote"] ?? ""} problem={problem} />}
          <p class="total"><span>{w.total}</span><b class="num">{yuan(total)}</b></p>
          <div class="dock-row">
            {!ready && order.materials.length > 0 && <button class="button" onClick={() => void send({ amount: "0.00", description: w.labourFree })}>{w.labourFree}</button>}
            {!ready && order.materials.length === 0 && open.has("start") && <button class="button" onClick={() => void free()}>{w.freeStart}</button>}
            <button class="button primary" disabled={!ready} onClick={() => void quote()}>{ready ? w.showPrice(yuan(total)) : w.chooseFirst}</button>
          </div>
        </footer>
      )}
      {writing && <OwnWork close={() => setWriting(false)} put={(made) => (setOwn(made), setCounts({}), setWriting(false))} />}
    </main>
  );
}

/** The services of another trade: cleaning on a repair, repairs on a cleaning; a list that knows no such difference has none. */
function ofOthers(items: PriceItem[], order: Order): PriceItem[] {
  const services = items.filter((each) => !each.is_material);
  const others = services.filter((each) => Boolean(each.is_cleaning) !== isCleaning(order));
  return others.length < services.length ? others : [];
}

interface OwnAmount {
  description: string;
  amount: number;
}

function ownOf(order: Order): OwnAmount | null {
  const line = order.quote.find((each) => !each.code);
  return line ? { description: line.name, amount: fen(line.amount) ?? 0 } : null;
}

function Bar({ order, title }: { order: Order; title: string }) {
  const { w } = useWords();
  return (
    <header class="visit-bar">
      <a class="plain" href={`#/visit/${order.number}`} aria-label={w.back}><Icon name="back" /></a>
      <h1>{title}</h1>
      <span class="quiet">{order.unit}</span>
    </header>
  );
}

interface Listed {
  items: PriceItem[] | null;
  failed: boolean;
  again: () => void;
  wish: string;
  material: boolean;
  row: (item: PriceItem) => preact.ComponentChild;
  children?: preact.ComponentChildren;
}

function List({ items, failed, again, wish, material, row, children }: Listed) {
  const { w } = useWords();
  const [asked, setAsked] = useState("");
  if (failed) return <Failed again={again} />;
  if (!items) return <Empty title={w.loading} />;
  const word = asked.trim().toLowerCase();
  const found = items.filter((each) => `${each.code} ${each.name} ${each.name_en}`.toLowerCase().includes(word));
  const near = [...found].sort((a, b) => likeness(b.name, wish) - likeness(a.name, wish));
  const [services, materials] = [near.filter((each) => !each.is_material), near.filter((each) => each.is_material)];
  return (
    <div class="visit-body">
      <input class="search" type="search" placeholder={w.searchPrices} aria-label={w.searchPrices} value={asked} onInput={(event) => setAsked(event.currentTarget.value)} />
      {found.length === 0 && <p class="quiet">{w.nothingFound}</p>}
      {!material && services.length > 0 && <section class="group"><h2>{w.services}</h2>{services.map(row)}</section>}
      {materials.length > 0 && <section class="group"><h2>{w.materials}</h2>{materials.map(row)}</section>}
      <section class="group">{children}</section>
    </div>
  );
}

function Item({ item, count, change }: { item: PriceItem; count: number; change?: ((count: number) => void) | undefined }) {
  const { w, lang } = useWords();
  const name = (lang === "en" && item.name_en) || item.name;
  const words = <span class="item-words"><span>{name}</span><small class="quiet num">{item.code} · {yuan(item.price)} / {w.per[item.per] ?? item.per}</small></span>;
  if (!change) return <div class="row item">{words}</div>;
  if (count === 0) return <button class="row item" onClick={() => change(1)}>{words}<b class="num">{yuan(item.price)}</b></button>;
  return (
    <div class="row item chosen">
      {words}
      <span class="stepper">
        <button aria-label={w.less} onClick={() => change(Math.max(0, count - 1))}>−</button>
        <b class="num">{count}</b>
        <button aria-label={w.more} onClick={() => change(count + 1)}>+</button>
      </span>
    </div>
  );
}

function OwnWork({ close, put }: { close: () => void; put: (made: OwnAmount) => void }) {
  const { w } = useWords();
  const [description, setDescription] = useState("");
  const [amount, setAmount] = useState("");
  const known = fen(amount);
  return (
    <Sheet title={w.notListed} close={close}>
      <form class="step" onSubmit={(event) => (event.preventDefault(), known !== null && description.trim() && put({ description: description.trim(), amount: known }))}>
        <label class="field"><span>{w.description}</span><input value={description} onInput={(event) => setDescription(event.currentTarget.value)} /></label>
        <label class="field"><span>{w.amount}</span><input class="figure" inputMode="decimal" value={amount} onInput={(event) => setAmount(event.currentTarget.value)} /></label>
        <button class="button primary" disabled={known === null || !description.trim()}>{w.send}</button>
      </form>
    </Sheet>
  );
}

export function Material({ visiting, order }: Shown) {
  const { w, lang } = useWords();
  const { items, failed, again } = usePrices(order.office);
  const [writing, setWriting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const back = (refused: Problem | null) => {
    setProblem(refused);
    if (!refused) go(`/visit/${order.number}`, true);
    return refused;
  };
  const form = FORMS["add_material"];
  return (
    <main class="visit prices">
      <Bar order={order} title={w.verbs["add_material"] ?? ""} />
      <List items={items && items.filter((each) => each.is_material)} failed={failed} again={again} wish={order.content} material row={(item) => (
        <button key={item.code} class="row item" aria-label={w.addMaterial((lang === "en" && item.name_en) || item.name)} onClick={async () => back(await visiting.take("add_material", { code: item.code, quantity: "1" }))}>
          <span class="item-words"><span>{(lang === "en" && item.name_en) || item.name}</span><small class="quiet num">{item.code}</small></span><b class="num">{yuan(item.price)}</b>
        </button>
      )}>
        <button class="row item" onClick={() => setWriting(true)}><span>{w.ownMaterial}</span></button>
      </List>
      {problem && <footer class="dock"><RefusalNote verb={w.verbs["add_material"] ?? ""} problem={problem} /></footer>}
      {writing && form && (
        <Sheet title={w.ownMaterial} close={() => setWriting(false)}>
          <StepForm verb="add_material" form={form} order={order} start={form.start?.(order, visiting.known) ?? {}} send={async (facts) => back(await visiting.take("add_material", facts))} />
        </Sheet>
      )}
    </main>
  );
}
