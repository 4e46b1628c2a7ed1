// Yuan as whole fen: never a fraction of a float.

/** "86.5" becomes 8650; what is no amount becomes null. */
export function fen(text: string): number | null {
  const found = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text.trim());
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
}

export const asText = (amount: number): string => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, "0")}`;

/** "1286.00" as it is written: ¥1,286.00; below zero −¥4.30. */
export function yuan(text: string | number): string {
  const plain = typeof text === "number" ? asText(text) : text;
  const [whole = "0", rest = "00"] = plain.replace("-", "").split(".");
  return `${plain.startsWith("-") ? "−" : ""}¥${whole.replace(/\B(?=(\d{3})+$)/g, ",")}.${rest.padEnd(2, "0")}`;
}

/** A count without needless zeros: "1.00" is 1, "2.50" is 2.5. */
export const count = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** A price in fen times a count such as "1.5", to the nearest fen. */
export function times(price: number, count: string): number {
  const hundredths = fen(count) ?? 0;
  return Math.round((price * hundredths) / 100);
}

export const sum = (amounts: number[]): number => amounts.reduce((all, each) => all + each, 0);

/** 138 0013 8000: a mobile number in the groups it is read in. */
export const spaced = (phone: string): string => phone.replace(/^(\d{3})(\d{4})(\d{4})$/, "$1 $2 $3");
