import type { ProjectId, SourceId } from '../../shared/base/id.ts'
import type { PitchOutline } from '../../shared/project/pitch-outline.ts'
import { joinOutline, outlinePart, type OutlinePart } from '../compute/clips/pitch-outline.ts'
import { sourcePath } from '../files/media-folder.ts'
import { openWavReader } from '../files/wav-file.ts'
import { analyze } from './analyze.ts'
import type { JobContext } from './job-context.ts'

/** Which notes sources hold: found once in the background, told when found, kept in the library. */
export interface OutlineBook {
  /** What is known already; the rest is looked for, one source after the other. */
  ask(projectId: ProjectId, sourceIds: readonly SourceId[]): Promise<ReadonlyMap<SourceId, PitchOutline>>
  stop(): void
}

/** So much is listened to at once: a conversion that is asked for meanwhile waits a second or two. */
const PART_SEC = 120

export function createOutlineBook(context: JobContext): OutlineBook {
  const waiting = new Map<SourceId, ProjectId>()
  const ending = new AbortController()
  let isListening = false

  async function listenOn(): Promise<void> {
    if (isListening) return
    isListening = true
    for (const [sourceId, projectId] of waiting) {
      if (ending.signal.aborted) break
      await listen(projectId, sourceId).catch((cause: unknown) => {
        // A mark less is no failure that a person should be told of: the source may be gone, or its project closed.
        if (!ending.signal.aborted) context.logger.error('The notes of a source were not found', cause)
      })
      waiting.delete(sourceId)
    }
    isListening = false
  }

  async function listen(projectId: ProjectId, sourceId: SourceId): Promise<void> {
    const { mediaFolder } = context.projects.get(projectId)
    const path = sourcePath(mediaFolder, sourceId)
    const { rateHz, durationSamples } = lengthOf(path)
    const parts: OutlinePart[] = []
    const step = PART_SEC * rateHz
    for (let startSamples = 0; startSamples < durationSamples; startSamples += step) {
      const span = { startSamples, durationSamples: Math.min(step, durationSamples - startSamples) }
      const { f0Hz } = await analyze(path, context.pool, ending.signal, span)
      parts.push(outlinePart(f0Hz))
    }
    const outline = joinOutline(parts)
    await context.library.pitchOutlines.save(sourceId, outline)
    context.emit({ kind: 'pitch-outlined', sourceId, outline })
  }

  return {
    async ask(projectId, sourceIds) {
      context.projects.get(projectId)
      const found = new Map<SourceId, PitchOutline>()
      for (const sourceId of sourceIds) {
        const known = await context.library.pitchOutlines.find(sourceId)
        if (known === null) waiting.set(sourceId, projectId)
        else found.set(sourceId, known)
      }
      void listenOn()
      return found
    },
    stop: () => ending.abort(),
  }
}

function lengthOf(path: string): { readonly rateHz: number; readonly durationSamples: number } {
  const reader = openWavReader(path)
  const { rateHz, durationSamples } = reader
  reader.close()
  return { rateHz, durationSamples }
}
