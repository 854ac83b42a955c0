import type { PreparedSinger } from '../../shared/conversion/prepared-singer.ts'
import type { SoundConverter } from './convert-sound.ts'
import { equalize, meanOfRecordings } from './equalizer.ts'
import type { SingersBySystem } from './learn-systems.ts'
import type { Heard, Listener } from './listening.ts'
import type { KeptFigures } from './kept-figures.ts'
import { measurePair, type PairContext, type PairFigures } from './measure-pair.ts'
import { readingBy, type Pair } from './pairs.ts'
import { hearOr } from './persons.ts'
import { converterNames, type SystemName } from './system-names.ts'
import type { TargetGroup } from './target-groups.ts'

export interface MeasuringTools {
  readonly listener: Listener
  readonly converter: SoundConverter
  readonly kept: KeptFigures
  readonly tell: (line: string) => void
}

export interface GroupWork {
  readonly systems: readonly SystemName[]
  readonly singers: SingersBySystem
  readonly contextOf: (pair: Pair, source: Heard) => Promise<PairContext>
  /** What can't be heard is said here. */
  readonly notes: string[]
}

/** What one system made of one pair. */
export interface MeasuredPair {
  readonly system: SystemName
  readonly source: string
  readonly target: string
  readonly file: string
  readonly figures: PairFigures
}

/** The control only has to be seen to fail: every so manieth pair is enough. */
const CONTROL_STEP = 3

/** Every pair of a group by every system that has something for it, in the order of the pairs. */
export async function measureGroup(
  { kind, pairs }: TargetGroup,
  work: GroupWork,
  tools: MeasuringTools,
): Promise<MeasuredPair[]> {
  const found: MeasuredPair[] = []
  for (const [index, pair] of pairs.entries()) {
    const source = pair.source.name
    const target = pair.target.name
    tools.tell(`${kind}, ${index + 1} of ${pairs.length}: ${source} → ${target}`)
    const file = pair.file.path
    const hasControl = index % CONTROL_STEP === 0
    const figures = await tools.kept.orMeasured(`${kind} ${target} ${file}`, () =>
      measureSystems(pair, hasControl, work, tools),
    )
    found.push(...figures.map(([system, own]) => ({ system, source, target, file, figures: own })))
  }
  return found
}

type SystemFigures = readonly (readonly [SystemName, PairFigures])[]

async function measureSystems(
  pair: Pair,
  hasControl: boolean,
  { systems, singers, contextOf, notes }: GroupWork,
  tools: MeasuringTools,
): Promise<SystemFigures> {
  const { listener, converter } = tools
  const source = await hearOr(pair.file.path, listener, (why) => notes.push(`Left out: ${why}`))
  if (source === null) return []
  const context = await contextOf(pair, source)
  const found: [SystemName, PairFigures][] = []
  if (systems.includes('floor')) found.push(['floor', measurePair(source, 0, context)])
  if (systems.includes('equalizer')) {
    const equalized = listener.hearSound(equalize(source, meanOfRecordings(pair.target.learned)))
    found.push(['equalizer', measurePair(equalized, 0, context)])
  }
  if (systems.includes('ceiling')) found.push(...(await measureCeiling(pair, context, listener)))
  for (const name of converterNames) {
    const singer = singers[name]?.get(pair.target.name)
    if (singer === undefined || (name === 'control' && !hasControl)) continue
    found.push([name, convertAndMeasure(source, singer, context, converter, listener)])
  }
  return found
}

function convertAndMeasure(
  source: Heard,
  singer: PreparedSinger,
  context: PairContext,
  converter: SoundConverter,
  listener: Listener,
): PairFigures {
  const { sound, semitones } = converter.convert(source.sound, singer)
  return measurePair(listener.hearSound(sound), semitones, context)
}

/**
 * Another recording by the target of what the target's reading holds, in the nearest manner. Where there is none, any
 * other, of which everything is measured that needs no common words.
 */
async function measureCeiling(
  { target, file }: Pair,
  context: PairContext,
  listener: Listener,
): Promise<[SystemName, PairFigures][]> {
  const reading = readingBy(target, file)
  const again = reading === undefined ? undefined : readingBy(target, reading)
  const path = (again ?? target.test.find((other) => other.path !== reading?.path))?.path
  const heard = path === undefined ? null : await hearOr(path, listener, () => {})
  if (heard === null) return []
  const own = again === undefined ? { ...context, readings: new Map(), content: null } : context
  return [['ceiling', measurePair(heard, null, own)]]
}
