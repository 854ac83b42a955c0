import type { EngineTest } from '../../../shared/contract/compute.ts'
import type { EngineId } from '../../../shared/contract/engines.ts'
import type { StartWorker } from '../workers/worker-process.ts'

/** An engine that gives no sign of life for so long hangs. */
const SILENCE_BOUND_MS = 20_000

export type TrialEnd =
  { readonly isRight: true; readonly test: EngineTest } | { readonly isRight: false; readonly reason: string }

export interface Trial {
  readonly ended: Promise<TrialEnd>
  /** Ends it without a verdict: `ended` then never settles. */
  cancel(): void
}

export interface TrialOptions {
  readonly workerPath: string
  readonly fork: StartWorker
  readonly silenceBoundMs?: number
  readonly onPhase?: (phase: string) => void
}

/** Tries one engine in a process of its own, which may crash or hang without harm to anybody. */
export function tryEngine(id: EngineId, options: TrialOptions): Trial {
  const { silenceBoundMs = SILENCE_BOUND_MS, onPhase } = options
  const { promise, resolve } = Promise.withResolvers<TrialEnd>()
  const child = options.fork(options.workerPath, 'self-test', { id, reason: 'in its self-test', isProven: false })
  let isOver = false
  let phase = 'starting'
  let timer = setTimeout(hang, silenceBoundMs)

  function end(found: TrialEnd): void {
    if (isOver) return
    close()
    resolve(found)
  }
  function close(): void {
    isOver = true
    clearTimeout(timer)
    child.kill()
  }
  function hang(): void {
    const seconds = Math.round(silenceBoundMs / 1000)
    end({ isRight: false, reason: `hung in the self-test: no sign of life for ${seconds} s while ${phase}` })
  }
  child.onMessage((message) => {
    clearTimeout(timer)
    if (isOver) return
    timer = setTimeout(hang, silenceBoundMs)
    if (message.kind === 'tested') end({ isRight: true, test: message.test })
    if (message.kind === 'test-failed') end({ isRight: false, reason: message.reason })
    if (message.kind === 'testing') onPhase?.((phase = message.phase))
  })
  child.onExit((lastWords) => {
    const said = lastLine(lastWords)
    end({ isRight: false, reason: `crashed in the self-test while ${phase}${said === '' ? '' : `: ${said}`}` })
  })
  return { ended: promise, cancel: close }
}

/** The line that says most is the first of an error, and the last where there is none. */
export function lastLine(words: string): string {
  const lines = words
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return (lines.find((line) => /error|fatal|abort/i.test(line)) ?? lines.at(-1) ?? '').slice(0, 200)
}
