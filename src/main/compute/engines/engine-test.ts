import type { EngineTest } from '../../../shared/contract/compute.ts'
import { openEngine } from './backend.ts'
import type { ComputeEngine, EngineSetting } from './compute-engine.ts'
import { complaintAbout, measureInferenceMs, measureStepsPerSec, selfTestNumbers } from './self-test.ts'
import { gflopPerStep } from './step-cost.ts'

/** Enough to tell two engines apart; a slow one is done within seconds. */
const MEASURED_STEPS = 6
const MEASURED_PASSES = 5

/**
 * Opens an engine, holds it to the known numbers and times it. Throws an Error with what is wrong in words. To be
 * run in a process of its own, because an engine may also crash, or never answer.
 * @param onPhase a sign of life before each part
 */
export async function testEngine(
  engine: ComputeEngine,
  setting: EngineSetting,
  nowMs: () => number,
  onPhase: (phase: string) => void,
): Promise<EngineTest> {
  onPhase('starting')
  const { version, device, memoryBytes, work } = await openEngine(engine, setting)
  onPhase('comparing numbers')
  const complaint = complaintAbout(await selfTestNumbers(work))
  if (complaint !== null) throw new Error(complaint)
  const startMs = nowMs()
  onPhase('timing training steps')
  const stepsPerSec = await measureStepsPerSec(nowMs, MEASURED_STEPS, 'fast', work)
  onPhase('timing a pass')
  const inferenceMs = await measureInferenceMs(nowMs, MEASURED_PASSES, work)
  return {
    version,
    device,
    memoryBytes,
    startMs,
    residentBytes: process.memoryUsage.rss(),
    stepsPerSec,
    gflopPerSec: stepsPerSec * gflopPerStep(),
    inferenceMs,
  }
}
