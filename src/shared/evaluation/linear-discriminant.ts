/** Fisher's linear discriminant for several classes with one shared, shrunk covariance. */
export interface LinearDiscriminant {
  /** One score per class; the highest is the verdict. */
  classify(values: readonly number[]): number[]
}

/** Share of the diagonal mixed into the covariance: with few examples per dimension, correlations are mostly chance. */
const SHRINKAGE = 0.15

/** @param examples vectors of one length; every class 0…classCount − 1 needs at least one */
export function trainLinearDiscriminant(
  examples: readonly { readonly values: readonly number[]; readonly label: number }[],
  classCount: number,
): LinearDiscriminant {
  const size = examples[0].values.length
  const { center, scale } = standardize(examples.map((example) => example.values))
  const scaled = examples.map(({ values, label }) => ({
    label,
    values: values.map((value, index) => (value - center[index]) / scale[index]),
  }))
  const means = Array.from({ length: classCount }, (_, label) =>
    meanOf(
      scaled.filter((example) => example.label === label).map((example) => example.values),
      size,
    ),
  )
  const covariance = withinCovariance(scaled, means, size)
  const factor = cholesky(covariance)
  const directions = means.map((mean) => solve(factor, mean))
  const offsets = means.map((mean, label) => -0.5 * dot(mean, directions[label]))
  return {
    classify(values) {
      const standard = values.map((value, index) => (value - center[index]) / scale[index])
      return directions.map((direction, label) => dot(standard, direction) + offsets[label])
    },
  }
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * b[index], 0)

function meanOf(rows: readonly (readonly number[])[], size: number): number[] {
  const mean = new Array<number>(size).fill(0)
  for (const row of rows) row.forEach((value, index) => (mean[index] += value / rows.length))
  return mean
}

function standardize(rows: readonly (readonly number[])[]): { center: number[]; scale: number[] } {
  const center = meanOf(rows, rows[0].length)
  const scale = center.map((mean, index) => {
    const variance = rows.reduce((sum, row) => sum + (row[index] - mean) ** 2, 0) / rows.length
    return Math.sqrt(variance) + 1e-9
  })
  return { center, scale }
}

function withinCovariance(
  examples: readonly { readonly values: readonly number[]; readonly label: number }[],
  means: readonly (readonly number[])[],
  size: number,
): number[][] {
  const covariance = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  for (const { values, label } of examples) {
    const deviation = values.map((value, index) => value - means[label][index])
    for (let row = 0; row < size; row++)
      for (let column = 0; column <= row; column++)
        covariance[row][column] += (deviation[row] * deviation[column]) / examples.length
  }
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) {
      covariance[row][column] *= 1 - SHRINKAGE
      covariance[column][row] = covariance[row][column]
    }
    covariance[row][row] += 1e-3
  }
  return covariance
}

/** Lower factor of a symmetric positive matrix. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length
  const lower = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row][column]
      for (let index = 0; index < column; index++) sum -= lower[row][index] * lower[column][index]
      lower[row][column] = row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / lower[column][column]
    }
  }
  return lower
}

function solve(lower: readonly (readonly number[])[], right: readonly number[]): number[] {
  const size = right.length
  const middle = new Array<number>(size).fill(0)
  for (let row = 0; row < size; row++) {
    let sum = right[row]
    for (let column = 0; column < row; column++) sum -= lower[row][column] * middle[column]
    middle[row] = sum / lower[row][row]
  }
  const solution = new Array<number>(size).fill(0)
  for (let row = size - 1; row >= 0; row--) {
    let sum = middle[row]
    for (let column = row + 1; column < size; column++) sum -= lower[column][row] * solution[column]
    solution[row] = sum / lower[row][row]
  }
  return solution
}
