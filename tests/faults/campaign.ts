import { createRandom, type Random } from '../../src/shared/base/random.ts'
import { documentIsKept } from './invariants/document-is-kept.ts'
import { invariants } from './invariants/invariants.ts'
import type { Fault } from './kinds/fault.ts'
import { startLoad } from './load.ts'
import { openStage, type Stage } from './stage.ts'

export interface StepReport {
  readonly step: number
  readonly kind: string
  readonly detail: string
  /** What was begun and how it ended, in order. */
  readonly told: readonly string[]
  /** What was found wrong: empty where every invariant held. */
  readonly complaints: readonly string[]
}

export interface CampaignOptions {
  readonly seed: number
  readonly faults: readonly Fault[]
  /** Steps of the campaign, from the first to before the last. */
  readonly from: number
  readonly to: number
  /** How many faults one library and one song have to live through; missing, twelve. */
  readonly stageSteps?: number
  readonly onStep?: (report: StepReport) => void
}

const STAGE_STEPS = 12
/** A moment is after so many events at most, or after so long where less is heard. */
const MOST_EVENTS = 14
const LONGEST_MOMENT_MS = 1500
/** Far beyond what any step takes on a busy machine. */
const HANG_MS = 600_000

const seedOf = (seed: number, step: number): number => (seed * 1_000_003 + step) >>> 0

/** Every kind in turn, in an order of its own for each round. */
function faultAt(step: number, { seed, faults }: CampaignOptions): Fault {
  const random = createRandom(seedOf(seed, -1 - Math.floor(step / faults.length)))
  const deck = faults.map((fault) => ({ fault, place: random.uniform() })).sort((a, b) => a.place - b.place)
  return deck[step % faults.length].fault
}

/** Lets faults happen to a host at work, one after the other, and asks after each what must hold. */
export async function runCampaign(options: CampaignOptions): Promise<readonly StepReport[]> {
  const { seed, from, to, stageSteps = STAGE_STEPS, onStep } = options
  const reports: StepReport[] = []
  let stage: Stage | null = null
  try {
    for (let step = from; step < to; step++) {
      const random = createRandom(seedOf(seed, step))
      const isWorn = step % stageSteps === 0 || (reports.at(-1)?.complaints.length ?? 0) > 0
      if (isWorn) {
        await stage?.close()
        stage = null
      }
      stage ??= await openStage(random)
      const report = await takeStep(stage, faultAt(step, options), step, random)
      reports.push(report)
      onStep?.(report)
    }
  } finally {
    await stage?.close()
  }
  return reports
}

async function takeStep(stage: Stage, fault: Fault, step: number, random: Random): Promise<StepReport> {
  stage.complaints.length = 0
  const complaints: string[] = []
  const account = { detail: '', told: [] as string[] }
  let timer: NodeJS.Timeout | undefined
  const hang = new Promise<readonly string[]>(
    (settle) => (timer = setTimeout(() => settle(['it hangs: nothing of this ended in time']), HANG_MS)),
  )
  try {
    complaints.push(...(await Promise.race([hang, live(stage, fault, random, account)])))
  } catch (cause) {
    complaints.push(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause))
  } finally {
    clearTimeout(timer)
  }
  return { step, kind: fault.kind, ...account, complaints: [...new Set([...complaints, ...stage.complaints])] }
}

/** The work, the fault in the middle of it, and what is found afterward. */
async function live(
  stage: Stage,
  fault: Fault,
  random: Random,
  account: { detail: string; told: string[] },
): Promise<readonly string[]> {
  const load = startLoad(stage, random.integer(2 ** 31), account.told)
  const complaints: string[] = []
  for (let begun = 0; begun < 2; begun++) load.begin(random)
  await aMoment(stage, random)
  const injected = await fault.inject(stage, random)
  account.detail = injected.detail
  load.begin(random)
  await load.settled()
  await injected.undo?.()
  complaints.push(...(await documentIsKept.check(stage, injected)))
  if (!stage.isUp()) await stage.start()
  complaints.push(...((await injected.aftermath?.()) ?? []))
  await stage.openSong()
  for (const { check } of invariants) complaints.push(...(await check(stage, injected)))
  return complaints
}

/** Somewhere in the middle of the work: after some events and then some time. */
async function aMoment(stage: Stage, random: Random): Promise<void> {
  let left = random.integer(MOST_EVENTS + 1)
  const delayMs = random.integer(40)
  let timer: NodeJS.Timeout | undefined
  const longest = new Promise<void>((settle) => (timer = setTimeout(settle, LONGEST_MOMENT_MS)))
  const events = left === 0 ? Promise.resolve() : stage.host().line.heard(() => --left === 0)
  await Promise.race([events, longest])
  clearTimeout(timer)
  await new Promise((wake) => setTimeout(wake, delayMs))
}
