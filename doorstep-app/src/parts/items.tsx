// What was cleaned, accepted item by item: in order, or not yet, with what is missing.
import { useWords } from "../words";

/** The items that failed, each with a remark. */
export type Failed = Record<string, string>;

interface ItemsShown {
  items: string[];
  failed: Failed;
  change: (failed: Failed) => void;
}

export function Items({ items, failed, change }: ItemsShown) {
  const { w } = useWords();
  return (
    <fieldset class="items">
      <legend>{w.eachPart}</legend>
      {items.map((item) => (
        <Item key={item} item={item} remark={failed[item]} say={(remark) => change(said(failed, item, remark))} />
      ))}
    </fieldset>
  );
}

function said(failed: Failed, item: string, remark: string | undefined): Failed {
  const { [item]: _before, ...rest } = failed;
  return remark === undefined ? rest : { ...rest, [item]: remark };
}

function Item({ item, remark, say }: { item: string; remark: string | undefined; say: (remark: string | undefined) => void }) {
  const { w } = useWords();
  const isFailed = remark !== undefined;
  return (
    <div class="item">
      <p>{item}</p>
      <span class="yes-no">
        <button type="button" aria-pressed={!isFailed} onClick={() => say(undefined)}>{w.inOrder}</button>
        <button type="button" aria-pressed={isFailed} class="no" onClick={() => say(remark ?? "")}>{w.notYet}</button>
      </span>
      {isFailed && <input type="text" aria-label={`${item} ${w.whatIsMissing}`} placeholder={w.whatIsMissing} maxLength={38} value={remark}
        onInput={(event) => say(event.currentTarget.value)} />}
    </div>
  );
}
