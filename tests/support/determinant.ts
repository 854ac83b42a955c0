/** By elimination with pivots. */
export function determinant(rows: readonly (readonly number[])[]): number {
  const a = rows.map((row) => [...row])
  let product = 1
  for (let k = 0; k < a.length; k++) {
    const pivot = a.reduce((best, row, i) => (i >= k && Math.abs(row[k]) > Math.abs(a[best][k]) ? i : best), k)
    if (pivot !== k) [a[k], a[pivot], product] = [a[pivot], a[k], -product]
    product *= a[k][k]
    for (let row = k + 1; row < a.length; row++) {
      const share = a[row][k] / a[k][k]
      for (let column = k; column < a.length; column++) a[row][column] -= share * a[k][column]
    }
  }
  return product
}
