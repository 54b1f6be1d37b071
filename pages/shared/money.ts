/** Fen as yuan, exact: `formatYuan(1250)` is `¥12.50`, `formatYuan(-5)` is `-¥0.05`. */
export function formatYuan(amount: number): string {
  const fen = Math.abs(amount);
  const yuan = Math.floor(fen / 100);
  return `${amount < 0 ? '-' : ''}¥${yuan}.${String(fen % 100).padStart(2, '0')}`;
}
