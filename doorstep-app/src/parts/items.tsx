// What was cleaned, accepted item by item: in order, or not yet, with what is missing.
import { useWords } from "../words";

/** The items that failed, each with a remark. */
export type Failed = Record<string, string>;

interface ItemsShown {
  items: string[];
  /** Those looked at: what was added since the page was opened is not among them until somebody says how it is. */
  looked: string[];
  look: (item: string) => void;
  failed: Failed;
  change: (failed: Failed) => void;
}

export function Items({ items, looked, look, failed, change }: ItemsShown) {
  const { w } = useWords();
  return (
    <fieldset class="items">
      <legend>{w.eachPart}</legend>
      {items.map((item) => (
        <Item key={item} item={item} remark={failed[item]} open={!looked.includes(item)}
          say={(remark) => (look(item), change(said(failed, item, remark)))} />
      ))}
    </fieldset>
  );
}

function said(failed: Failed, item: string, remark: string | undefined): Failed {
  const { [item]: _before, ...rest } = failed;
  return remark === undefined ? rest : { ...rest, [item]: remark };
}

interface ItemShown {
  item: string;
  remark: string | undefined;
  open: boolean;
  say: (remark: string | undefined) => void;
}

function Item({ item, remark, open, say }: ItemShown) {
  const { w } = useWords();
  const isFailed = remark !== undefined;
  return (
    <div class="item">
      <p>{item}</p>
      <span class="yes-no">
        <button type="button" aria-pressed={!isFailed && !open} onClick={() => say(undefined)}>{w.inOrder}</button>
        <button type="button" aria-pressed={isFailed} class="no" onClick={() => say(remark ?? "")}>{w.notYet}</button>
      </span>
      {isFailed && <input type="text" aria-label={`${item} ${w.whatIsMissing}`} placeholder={w.whatIsMissing} maxLength={38} value={remark}
        onInput={(event) => say(event.currentTarget.value)} />}
    </div>
  );
}
