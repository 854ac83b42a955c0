/** Counts values in cells, so that quantiles of any number of them take little memory. */
export interface Histogram {
  add(value: number): void
  readonly count: number
  /** The value that this share lies under, to half a cell; NaN of nothing. */
  quantile(share: number): number
  /** Of values that are decibels: the mean of their powers, of those from `lowestDb` on. */
  meanPowerFrom(lowestDb: number): number
}

/** Values outside of `lowest … highest` count into the outermost cells. */
export function createHistogram(lowest: number, highest: number, cellWidth: number): Histogram {
  const cells = new Uint32Array(Math.ceil((highest - lowest) / cellWidth))
  let count = 0
  return {
    get count() {
      return count
    },
    add(value) {
      const cell = Math.floor((value - lowest) / cellWidth)
      cells[cell < 0 ? 0 : cell >= cells.length ? cells.length - 1 : cell]++
      count++
    },
    quantile(share) {
      let rest = share * count
      for (let cell = 0; cell < cells.length; cell++) {
        if (cells[cell] > 0 && rest <= cells[cell]) return lowest + (cell + rest / cells[cell]) * cellWidth
        rest -= cells[cell]
      }
      return NaN
    },
    meanPowerFrom(lowestDb) {
      let [sum, counted] = [0, 0]
      for (let cell = 0; cell < cells.length; cell++) {
        const middle = lowest + (cell + 0.5) * cellWidth
        if (cells[cell] === 0 || middle < lowestDb) continue
        sum += cells[cell] * 10 ** (middle / 10)
        counted += cells[cell]
      }
      return counted === 0 ? 0 : sum / counted
    },
  }
}
