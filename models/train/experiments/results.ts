import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { figureNames, type Figures } from './judge.ts'

/** What one run of one variant measured, pair by pair. */
export interface ResultFile {
  readonly name: string
  readonly seed: number
  readonly figures: readonly Figures[]
  readonly sources: readonly string[]
}

export function readResults(folder: string, seeds: readonly number[]): ResultFile[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as ResultFile) // written by run.ts
    .filter(({ seed }) => seeds.includes(seed))
}

/** A table with a row for each variant: means over all pairs and seeds, and how they differ pair by pair from one of them. */
export function formatRows(results: readonly ResultFile[], against: string): string {
  const byName = new Map<string, Figures[]>()
  for (const { name, figures } of [...results].sort((a, b) => a.seed - b.seed))
    byName.set(name, [...(byName.get(name) ?? []), ...figures])
  const base = byName.get(against)
  const lines = [`| variant | n | ${figureNames.join(' | ')} |`, `|---|---|${figureNames.map(() => '---|').join('')}`]
  for (const [name, figures] of byName) {
    const cells = figureNames.map((figure) => {
      const mean = meanOf(figures.map((own) => own[figure]))
      const paired = name === against || base?.length !== figures.length ? '' : difference(figures, base, figure)
      return mean === null ? '–' : `${mean.toFixed(3)}${paired}`
    })
    lines.push(`| ${name} | ${figures.length} | ${cells.join(' | ')} |`)
  }
  return `${lines.join('\n')}\nIn brackets: the mean difference from ${against}, pair by pair, ± its standard error.\n`
}

function difference(
  figures: readonly Figures[],
  base: readonly Figures[],
  figure: (typeof figureNames)[number],
): string {
  const differences = figures.flatMap((own, index) => {
    const [value, reference] = [own[figure], base[index][figure]]
    return value === null || reference === null ? [] : [value - reference]
  })
  const mean = meanOf(differences)
  if (mean === null) return ''
  const variance =
    differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(differences.length - 1, 1)
  return ` (${mean >= 0 ? '+' : ''}${mean.toFixed(3)} ± ${Math.sqrt(variance / differences.length).toFixed(3)})`
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}
