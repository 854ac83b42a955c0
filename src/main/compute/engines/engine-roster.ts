import type { Failure } from '../../../shared/base/errors.ts'
import type { EngineId, EngineState } from '../../../shared/contract/engines.ts'
import type { ComputeRole, EngineChoice } from '../workers/worker-process.ts'
import type { ComputeEngine, EngineSetting } from './compute-engine.ts'
import { bestFor, type KnownEngine } from './engine-choice.ts'
import { describeEngines } from './engine-states.ts'
import { lastLine, tryEngine, type Trial, type TrialEnd, type TrialOptions } from './engine-trial.ts'
import { fingerprintOf, openEngineVerdicts, type EngineVerdict } from './engine-verdicts.ts'

export interface EngineRosterOptions extends Pick<TrialOptions, 'workerPath' | 'fork' | 'silenceBoundMs'> {
  readonly engines: readonly ComputeEngine[]
  readonly setting: EngineSetting
  /** An engine's name from `UNDERSTUDY_BACKEND`; null lets the self-tests decide. */
  readonly wanted: string | null
  readonly nowMs: () => number
  /** Something new is known. */
  readonly onChange: () => void
  readonly onTrouble: (message: string) => void
}

/** The engines of this machine: which are there, what their self-tests found, and which one works for whom. */
export interface EngineRoster {
  /** For a training, engines that were never tried are tried first; a preview takes what is known to be right. */
  choose(role: ComputeRole, onPhase?: (phase: string) => void): Promise<EngineChoice>
  isOutdated(role: ComputeRole, engine: EngineChoice): boolean
  /** Tries what was not tried as it is now, or everything. The signal ends it; what was found until then stays. */
  test(options: {
    readonly isForced: boolean
    readonly signal?: AbortSignal
    readonly onPhase?: PhaseListener
  }): Promise<void>
  /** Tries one engine as it is now, and keeps what was found. */
  tryOne(id: EngineId): Promise<TrialEnd>
  /** Workers were lost while they used the engine, `count` in a row. After the second the engine is set aside. */
  blame(id: EngineId, lost: Failure, count: number): void
  describe(analysisFactor: number | null): readonly EngineState[]
}

type PhaseListener = (fraction: number, phase: string) => void

/** Once may be chance. */
const MOST_LOSSES = 2

export function createEngineRoster(options: EngineRosterOptions): EngineRoster {
  const { engines, setting, wanted } = options
  const verdicts = openEngineVerdicts(setting.enginesFolder, options.onTrouble)
  let testing: Promise<unknown> = Promise.resolve()

  const known = (): readonly KnownEngine[] =>
    engines.map((engine) => {
      const probe = engine.probe(setting)
      return { engine, probe, verdict: verdicts.find(engine.id, fingerprintOf(engine.id, probe)) }
    })
  const put = (engine: ComputeEngine, rest: Pick<EngineVerdict, 'refusal' | 'test'>) => {
    const fingerprint = fingerprintOf(engine.id, engine.probe(setting))
    verdicts.put({ id: engine.id, fingerprint, testedAtMs: options.nowMs(), ...rest })
    options.onChange()
  }
  const testOne = async (
    engine: ComputeEngine,
    signal?: AbortSignal,
    onPhase?: (phase: string) => void,
  ): Promise<TrialEnd> => {
    const trial = tryEngine(engine.id, { ...options, ...(onPhase === undefined ? {} : { onPhase }) })
    const found = await Promise.race([trial.ended, aborted(signal, trial)])
    if (found === null) return { isRight: false, reason: 'was not tried to its end' }
    if (!found.isRight) options.onTrouble(`${engine.label} is set aside: ${found.reason}`)
    put(engine, found.isRight ? { refusal: null, test: found.test } : { refusal: found.reason, test: null })
    return found
  }
  const testAll: EngineRoster['test'] = async ({ isForced, signal, onPhase }) => {
    const due = known().filter(
      ({ engine, probe, verdict }) => probe.isPresent && !engine.isHidden && (isForced || verdict === null),
    )
    for (const [index, { engine }] of due.entries()) {
      if (signal?.aborted === true) return
      const tell = (phase: string) => onPhase?.(index / due.length, `${engine.label}: ${phase}`)
      tell('starting')
      await testOne(engine, signal, tell)
    }
  }
  /** One after the other: two engines timed at once would both seem slow. */
  const inTurn = <T>(action: () => Promise<T>): Promise<T> => {
    const own = testing.then(action)
    testing = own.catch(() => {})
    return own
  }
  const bestNow = (role: ComputeRole) => bestFor(role, known(), wanted)

  const roster: EngineRoster = {
    async choose(role, onPhase) {
      // With one engine there is nothing to compare: nobody waits for a test.
      const open = known().filter(({ engine, probe, verdict }) => !engine.isHidden && probe.isPresent && !verdict)
      const isDecided = bestNow(role).isAsked || known().filter(isCandidate).length < 2
      if (role === 'training' && open.length > 0 && !isDecided) {
        await roster.test({ isForced: false, onPhase: (_fraction, phase) => onPhase?.(`trying the engines: ${phase}`) })
      }
      return bestNow(role).choice
    },
    isOutdated: (role, { id }) => bestNow(role).choice.id !== id,
    test: (asked) => inTurn(() => testAll(asked)),
    tryOne(id) {
      const engine = engines.find((candidate) => candidate.id === id)
      if (engine === undefined) return Promise.resolve({ isRight: false, reason: 'is no engine of this program' })
      return inTurn(() => testOne(engine))
    },
    blame(id, lost, count) {
      const engine = engines.find((candidate) => candidate.id === id)
      if (engine === undefined || count < MOST_LOSSES || isLastCandidate(id, known())) return
      const said = lastLine(lost.details ?? '')
      put(engine, { refusal: `stopped ${count} times while it worked${said === '' ? '' : `: ${said}`}`, test: null })
      options.onTrouble(`${engine.label} is set aside: ${lost.message}`)
    },
    describe: (analysisFactor) =>
      describeEngines(known(), { training: bestNow('training'), conversion: bestNow('interactive') }, analysisFactor),
  }
  return roster
}

const isCandidate = ({ engine, probe, verdict }: KnownEngine): boolean =>
  !engine.isHidden && probe.isPresent && (verdict?.refusal ?? null) === null

/** The last engine that is left is never set aside: without it nothing would work at all. */
const isLastCandidate = (id: EngineId, known: readonly KnownEngine[]): boolean =>
  known.filter(isCandidate).every(({ engine }) => engine.id === id)

/** Null once the signal is given; the trial is over then. */
const aborted = (signal: AbortSignal | undefined, trial: Trial): Promise<null> =>
  new Promise((resolve) => {
    const end = () => {
      trial.cancel()
      resolve(null)
    }
    if (signal?.aborted === true) end()
    signal?.addEventListener('abort', end, { once: true })
  })
