import type { Command } from 'commander'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { explanations, type LayerGroup, type SizeExplanation } from '../../shared/networks/explained/index.ts'
import type { CommandContext } from './command-context.ts'

interface ExplainOptions {
  readonly size?: string
  readonly json?: boolean
}

export function addExplainCommand(program: Command, context: CommandContext): void {
  program
    .command('explain [network]')
    .description('what a network is made of: its layers, how far it sees, how many parameters, what a second costs')
    .option('--size <name>', 'one of its sizes; else the first')
    .option('--json', 'print JSON')
    .action((name: string | undefined, options: ExplainOptions) => explain(name, options, context))
}

function explain(name: string | undefined, { size, json }: ExplainOptions, { terminal }: CommandContext): void {
  if (name === undefined) {
    for (const [id, { label, about, sizes }] of explanations)
      terminal.write(`${id} (${sizes.join(', ')})\n  ${label}: ${about}\n`)
    return
  }
  const known = explanations.get(name)
  if (known === undefined)
    throw new FailureError(
      failure('not-found', `There is no network “${name}”.`, `Networks: ${[...explanations.keys()].join(', ')}.`),
    )
  const wanted = size ?? known.sizes[0]
  const explained = known.explain(wanted)
  if (explained === null)
    throw new FailureError(
      failure('not-found', `${known.label} has no size “${wanted}”.`, `Its sizes: ${known.sizes.join(', ')}.`),
    )
  if (json === true) return terminal.write(`${JSON.stringify({ network: name, size: wanted, ...explained })}\n`)
  terminal.write(`${known.label}, ${wanted} (${known.source})\n${known.about}\n\n${words(explained)}`)
}

function words({ parameterCount, reach, layers, multiplications, unit }: SizeExplanation): string {
  const seconds =
    reach.sec === null
      ? ''
      : ` (${reach.sec < 1 ? `${(1000 * reach.sec).toFixed(0)} ms` : `${reach.sec.toFixed(2)} s`})`
  const facts = [
    `parameters       ${parameterCount.toLocaleString('en-US')}`,
    `an output sees   ${reach.count.toLocaleString('en-US')} ${reach.unit}${seconds}`,
    `a ${unit} takes ${(multiplications / 1e9).toFixed(2)} billion multiplications in its convolutions`,
  ]
  const widest = Math.max(...layers.map(({ name }) => name.length))
  const most = Math.max(...layers.map((layer) => layer.multiplications))
  return `${facts.join('\n')}\n\n${layers.map((layer) => row(layer, widest, most)).join('')}${ladder(layers)}`
}

const BAR = 24

/** A layer with a bar as long as its share of the work. */
function row(
  { name, times, inputs, outputs, taps, multiplications }: LayerGroup,
  widest: number,
  most: number,
): string {
  const bar = '█'.repeat(Math.round((BAR * multiplications) / Math.max(most, 1))).padEnd(BAR, '·')
  const shape = `${String(inputs).padStart(5)} → ${String(outputs).padEnd(5)} × ${String(taps).padEnd(4)}`
  return `${name.padEnd(widest)}  ${shape} ${`${times}×`.padStart(4)}  ${bar}\n`
}

const LADDER = 64

/** How the taps of dilated layers spread: one line a layer, from the first on, a mark for each tap's place. */
function ladder(layers: readonly LayerGroup[]): string {
  const dilated = layers.filter(({ dilations }) => dilations.some((dilation) => dilation > 1))
  return dilated
    .map(({ name, taps, dilations }) => {
      const again = dilations.indexOf(dilations[0], 1)
      const shown = again === -1 ? dilations : dilations.slice(0, again)
      const widest = Math.max(...shown) * (taps - 1)
      const rungs = shown.map((dilation) => {
        const cells = Array.from({ length: LADDER + 1 }, () => '·')
        for (let tap = 0; tap < taps; tap++) cells[LADDER - Math.round((tap * dilation * LADDER) / widest)] = '●'
        return `${String(dilation).padStart(6)} ${cells.join('')}\n`
      })
      const rounds = dilations.length / shown.length
      const turns = rounds > 1 ? `, ${rounds} times over` : ''
      return `\ntaps of ${name}: ${dilations[0]} to ${Math.max(...shown)} apart${turns}\n${rungs.join('')}`
    })
    .join('')
}
