import type { Command } from 'commander'
import { changeIn, placeAt, removePlace, setPlace, tempoPlaces } from '../../shared/project/edits/tempo-map.ts'
import type { Project } from '../../shared/project/model.ts'
import { barStart, songTime } from '../../shared/units/song-time.ts'
import { formatMeter, LAST_BAR, type Meter } from '../../shared/units/tempo.ts'
import { formatClock, samplesToSeconds } from '../../shared/units/time.ts'
import type { CommandContext } from './command-context.ts'
import { editProject } from './edit-project.ts'
import { readBetween, readMeter, readWhole } from './options.ts'

interface TempoOptions {
  readonly bar: number
  readonly meter?: Meter
  /** Undefined: as it is. */
  readonly ramp?: boolean
  readonly remove: boolean
}

export function addProjectTempoCommand(project: Command, context: CommandContext): void {
  project
    .command('tempo')
    .argument('<project>')
    .argument('[bpm]', 'quarter notes per minute', readBetween(20, 400))
    .description('show how tempo and meter go along the song, or change them from a bar on; what was recorded stays')
    .option('--bar <number>', 'the bar from which it holds', readWhole(1, LAST_BAR), 1)
    .option('--meter <beats/unit>', 'the meter from there on, such as 6/8', readMeter)
    .option('--ramp', 'go evenly to the tempo of the next change')
    .option('--no-ramp', 'keep the tempo to the next change')
    .option('--remove', 'take away what changes at the bar', false)
    .action((file: string, bpm: number | undefined, options: TempoOptions) =>
      context.withApplication(async (application) => {
        const changed = await editProject(application, file, (document) =>
          Promise.resolve(withTempo(document, bpm ?? null, options)),
        )
        for (const line of tempoLines(changed)) context.terminal.write(`${line}\n`)
      }),
    )
}

/** The document with what was asked for at a bar; what was not named stays as it is there. */
export function withTempo(document: Project, bpm: number | null, { bar, meter, ramp, remove }: TempoOptions): Project {
  if (remove) return removePlace(document, bar)
  const place = placeAt(document.tempoMap, bar)
  const before = place.tempo ?? changeIn(document.tempoMap.tempos, bar)
  return setPlace(document, {
    bar,
    tempo:
      bpm === null && ramp === undefined
        ? place.tempo
        : { bar, bpm: bpm ?? before.bpm, isRamp: ramp ?? place.tempo?.isRamp ?? false },
    meter: meter ? { bar, ...meter } : place.meter,
  })
}

/** "bar 17 at 0:32.000: 96 bpm to the next, 3/4" */
export function tempoLines({ tempoMap, rateHz }: Project): readonly string[] {
  const time = songTime(tempoMap, rateHz)
  return tempoPlaces(tempoMap).map(({ bar, tempo, meter }) => {
    const facts = [
      tempo && `${tempo.bpm} bpm${tempo.isRamp ? ', evenly to the next' : ''}`,
      meter && formatMeter(meter),
    ].filter((fact) => fact !== null)
    return `bar ${bar} at ${formatClock(samplesToSeconds(barStart(time, bar), rateHz))}: ${facts.join(', ')}`
  })
}
