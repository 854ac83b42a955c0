import { invertFlow } from '../dsp/coupling-flow.ts'
import { runGatedStack } from '../dsp/gated-stack.ts'
import { inverseAutoregression } from '../dsp/inverse-autoregression.ts'
import { invertLeveledFlow } from '../dsp/leveled-flow.ts'
import { logMelPower } from '../dsp/mel.ts'
import type { Crew, CrewJobs } from '../kernels/crew.ts'
import type { Kernels } from '../kernels/kernels.ts'
import { cheapTrick, forEachEnvelope } from './cheaptrick.ts'
import { d4c, lowBandShares } from './d4c.ts'
import { harvest } from './harvest.ts'
import { bandPlan } from './harvest/bands.ts'
import { searchSpan } from './harvest/search.ts'

type JobKind = keyof CrewJobs
type Performers = {
  readonly [Kind in JobKind]: (job: CrewJobs[Kind]['job'], kernels: Kernels) => CrewJobs[Kind]['result']
}

const performers: Performers = {
  pitch: ({ x, fs, options }, kernels) => harvest(x, fs, options, kernels.pitch),
  'pitch-span': ({ search, span }, kernels) => {
    const { groups } = bandPlan(search.rateHz, search.f0FloorHz, search.f0CeilHz)
    return searchSpan({ ...search, groups }, span, kernels.pitch)
  },
  'log-mel': ({ x, fs, f0, bands, powerFloor, ...options }, kernels) => {
    const width = bands.bandCount
    const rows = new Float32Array((options.lastFrame - options.firstFrame + 1) * width)
    const take = (frame: number, power: Float64Array): void =>
      logMelPower(bands, power, powerFloor, rows, (frame - options.firstFrame) * width)
    forEachEnvelope(x, fs, f0, options, take, kernels.envelopes)
    return rows
  },
  'low-band-shares': ({ x, fs, f0, ...options }, kernels) => lowBandShares(x, fs, f0, options, kernels.aperiodicity),
  flow: ({ flow, z, condition }, kernels) => invertFlow(flow, z, condition, kernels.gatedStack ?? runGatedStack),
  'leveled-flow': ({ flow, z, conditions }, kernels) =>
    invertLeveledFlow(flow, z, conditions, kernels.gatedStack ?? runGatedStack),
  student: ({ stacks, noise, condition }, kernels) =>
    inverseAutoregression(stacks, noise, condition, kernels.gatedStack ?? runGatedStack),
  voice: ({ x, fs, f0, ...options }, kernels) => ({
    power: cheapTrick(x, fs, f0, options, kernels.envelopes).values,
    aperiodicity: d4c(x, fs, f0, options, kernels.aperiodicity).values,
  }),
}

/** Does one job. It gives the same numbers in every thread. */
export const performJob = <Kind extends JobKind>(
  kind: Kind,
  job: CrewJobs[Kind]['job'],
  kernels: Kernels,
): CrewJobs[Kind]['result'] => performers[kind](job, kernels)

/** Does the jobs one after the other, in this thread. */
const aloneWith = (kernels: Kernels): Crew => ({
  run(kind, jobs, take) {
    let index = 0
    for (const job of jobs) take(performJob(kind, job, kernels), index++)
  },
})

/** The crew that goes with the kernels, or this thread alone. */
export const crewOf = (kernels: Kernels): Crew => kernels.crew ?? aloneWith(kernels)
