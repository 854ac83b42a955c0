import { Session, type Profiler } from 'node:inspector'

/** Which parts of the program's source ran in this thread since the guide was made. */
export interface Coverage {
  /** Whether the code that ran since the last look reached anything new; that counts as known from then on. */
  look(): boolean
  /** As `look`, but what is new stays new. */
  peek(): boolean
  /** Stretches of code without a branch that ran at least once. */
  blockCount(): number
  stop(): void
}

interface Script {
  /** 1 for each character of the source that ran. */
  readonly ran: Uint8Array
  /** Where stretches begin and end. */
  readonly edges: Set<number>
}

/** The program itself and the decoders that it calls; not the trials. */
const isTried = (url: string): boolean =>
  /\/src\/(shared|main)\/|\/node_modules\/(@audio|@wasm-audio-decoders|codec-parser|yauzl|commander)\//.test(url)

/** V8's own counters per block, by way of the inspector; a look takes about a millisecond, since only what ran is told. */
export function startCoverage(): Coverage {
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  const scripts = new Map<string, Script>()

  function take(): readonly Profiler.ScriptCoverage[] {
    let taken: readonly Profiler.ScriptCoverage[] = []
    // Answered before it returns: the session is of this very thread.
    session.post('Profiler.takePreciseCoverage', (_error, answer) => (taken = answer?.result ?? []))
    return taken.filter(({ url }) => isTried(url))
  }
  function marks(coverage: Profiler.ScriptCoverage, isKept: boolean): boolean {
    const script = scriptOf(scripts, coverage)
    return coverage.functions.map(({ ranges }) => markRanges(script, ranges, isKept)).includes(true)
  }
  const scan = (isKept: boolean): boolean =>
    take()
      .map((coverage) => marks(coverage, isKept))
      .includes(true)
  return {
    look: () => scan(true),
    peek: () => scan(false),
    blockCount: () => [...scripts.values()].reduce((sum, script) => sum + blocksOf(script), 0),
    stop() {
      session.post('Profiler.stopPreciseCoverage')
      session.disconnect()
    },
  }
}

function scriptOf(scripts: Map<string, Script>, { url, functions }: Profiler.ScriptCoverage): Script {
  const endOffset = functions.reduce((end, { ranges }) => Math.max(end, ranges[0].endOffset), 0)
  const known = scripts.get(url)
  if (known !== undefined && known.ran.length >= endOffset) return known
  const ran = new Uint8Array(Math.max(4096, 2 * endOffset))
  if (known !== undefined) ran.set(known.ran)
  const grown = { ran, edges: known?.edges ?? new Set<number>() }
  scripts.set(url, grown)
  return grown
}

/** Ranges come outermost first; the innermost around a character says whether it ran. */
function markRanges({ ran, edges }: Script, ranges: readonly Profiler.CoverageRange[], isKept: boolean): boolean {
  const [{ startOffset: start, endOffset: end }] = ranges
  const runs = new Uint8Array(end - start)
  for (const { startOffset, endOffset, count } of ranges) {
    runs.fill(count > 0 ? 1 : 0, startOffset - start, endOffset - start)
    if (isKept) edges.add(startOffset).add(endOffset)
  }
  let isNew = false
  for (let at = 0; at < runs.length; at++) {
    if (runs[at] === 0 || ran[start + at] === 1) continue
    isNew = true
    if (!isKept) return true
    ran[start + at] = 1
  }
  return isNew
}

function blocksOf({ ran, edges }: Script): number {
  return [...edges].filter((edge) => ran[edge] === 1).length
}
