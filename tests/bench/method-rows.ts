import { chooseWay } from '../../src/main/compute/training/choose-way.ts'
import type { TrainingMethod } from '../../src/shared/contract/library.ts'

/** Of judges trained apart; null where there is nothing to compare with. */
export interface JudgedFigures {
  readonly cmn: number | null
  readonly pcor: number | null
  readonly near: number | null
  readonly nearAll: number | null
  readonly content: number | null
}
export const noFigures: JudgedFigures = { cmn: null, pcor: null, near: null, nearAll: null, content: null }

/** One person, learned in one way from so many seconds. */
export interface WayRow extends JudgedFigures {
  readonly person: string
  readonly seconds: number
  readonly method: TrainingMethod
  readonly steps: number
  /** Of the held-out phrases as they are, and in disguise. */
  readonly plainDb: number
  readonly errorDb: number
}

const columns = ['plainDb', 'errorDb', 'cmn', 'pcor', 'near', 'nearAll', 'content'] as const
const figureHead = 'plain dB | disguised dB | cmn | pcor | near | near all | content |\n'
const cell = (value: number | null) => (value === null ? '–' : value.toFixed(3))

export const headOfRows = `| person | seconds | way | steps | ${figureHead}|---|---|---|---|${'---|'.repeat(columns.length)}\n`

export const formatRow = (row: WayRow): string =>
  `| ${[row.person, row.seconds, row.method, row.steps, ...columns.map((name) => cell(row[name]))].join(' | ')} |\n`

/** Means of each way, what a training would choose, and what judges say of that choice. */
export function formatMeans(rows: readonly WayRow[]): string {
  const groups = [...new Set(rows.map(({ seconds, method }) => `${seconds} ${method}`))]
  const means = groups.map((group) => {
    const own = rows.filter(({ seconds, method }) => `${seconds} ${method}` === group)
    return `| ${[own.length, own[0].seconds, own[0].method, ...columns.map((name) => cell(mean(own, name)))].join(' | ')} |`
  })
  return [
    '',
    `| n | seconds | way | ${figureHead}|---|---|---|${'---|'.repeat(columns.length)}`,
    ...means,
    '',
    describeChoices(rows, 'scratch'),
    describeChoices(rows, 'joint'),
    describeAgreement(rows, 'errorDb'),
    describeAgreement(rows, 'plainDb'),
    '',
  ].join('\n')
}

/** Where this way would be chosen over the enrolled singer, and how judges hear the difference. */
function describeChoices(rows: readonly WayRow[], method: TrainingMethod): string {
  const pairs = pairsOf(rows, method)
  const chosen = pairs.filter(([enrolled, other]) => chooseWay([enrolled, other]) === other)
  const gain = (name: (typeof columns)[number]) => {
    const known = chosen.flatMap(([enrolled, other]) => {
      const [before, after] = [enrolled[name], other[name]]
      return before === null || after === null ? [] : [after - before]
    })
    const value = known.reduce((sum, one) => sum + one, 0) / known.length
    return known.length === 0 ? '–' : `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`
  }
  return (
    `${method} is chosen over the enrolled singer ${chosen.length} of ${pairs.length} times; then pcor ${gain('pcor')}, ` +
    `near all ${gain('nearAll')}, content ${gain('content')}.`
  )
}

/** Of the pairs of ways between which an error chooses, those in which the target is nearer, too. */
function describeAgreement(rows: readonly WayRow[], error: 'errorDb' | 'plainDb'): string {
  const pairs = rows.flatMap((one, index) =>
    rows.slice(index + 1).flatMap((other) => {
      const isPair = one.person === other.person && one.seconds === other.seconds
      return isPair && Math.abs(one[error] - other[error]) >= 0.02 * Math.max(one[error], other[error])
        ? [one[error] < other[error] ? ([one, other] as const) : ([other, one] as const)]
        : []
    }),
  )
  const told = (['nearAll', 'pcor', 'content'] as const).map((name) => {
    const known = pairs.filter(([better, worse]) => better[name] !== null && better[name] !== worse[name])
    const agreeing = known.filter(([better, worse]) => (better[name] ?? 0) > (worse[name] ?? 0))
    return `${name} agrees in ${agreeing.length} of ${known.length}`
  })
  const what = error === 'errorDb' ? 'in disguise' : 'as they are'
  return `Pairs of ways whose errors on phrases ${what} are 2 % apart: ${told.join(', ')}.`
}

function pairsOf(rows: readonly WayRow[], method: TrainingMethod): (readonly [WayRow, WayRow])[] {
  return rows.flatMap((other) => {
    if (other.method !== method) return []
    const enrolled = rows.find(
      (row) => row.method === 'enroll' && row.person === other.person && row.seconds === other.seconds,
    )
    return enrolled === undefined ? [] : [[enrolled, other] as const]
  })
}

function mean(rows: readonly WayRow[], name: (typeof columns)[number]): number | null {
  const known = rows.flatMap((row) => row[name] ?? [])
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}
