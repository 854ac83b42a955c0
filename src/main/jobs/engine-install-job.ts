import * as z from 'zod'
import { failure, FailureError } from '../../shared/base/errors.ts'
import type { JobId } from '../../shared/base/id.ts'
import { nativeVariantIds, type NativeVariantId } from '../../shared/contract/engines.ts'
import { nativeRecipes } from '../compute/native/native-recipe.ts'
import { installNativeEngine, removeNativeEngine } from '../compute/native/native-install.ts'
import type { JobContext } from './job-context.ts'
import type { Work } from './work.ts'

const stored = z.object({ variant: z.enum(nativeVariantIds) })

/** Brings the native engine. Cancelled or cut off, what came is kept, and the next one goes on from there. */
export const engineInstallWork = (variant: NativeVariantId, context: JobContext): Work => ({
  kind: 'engine-install',
  title: `Installing ${nativeRecipes[variant].label}`,
  subject: { kind: 'machine' },
  lane: 'machine',
  priority: 'visible',
  shareKey: `engine-install/${variant}`,
  replaceKey: 'engine-install',
  request: { variant },
  run: async ({ progress, onCommand }) => {
    const cancelling = new AbortController()
    onCommand((wanted) => wanted === 'cancel' && cancelling.abort())
    try {
      await installNativeEngine({
        enginesFolder: context.paths.enginesFolder,
        variant,
        signal: cancelling.signal,
        onProgress: progress.report,
        trial: () => context.roster.tryOne('tensorflow'),
      })
    } finally {
      context.engine.tell()
    }
    return { kind: 'done', outcome: { kind: 'engine-install', variant } }
  },
})

/** Throws FailureError: not-found, when what the job was about is no longer known. */
export async function storedVariant(jobId: JobId, { library }: JobContext): Promise<NativeVariantId> {
  const parsed = stored.safeParse((await library.jobs.find(jobId))?.request)
  if (parsed.success) return parsed.data.variant
  throw new FailureError(failure('not-found', 'Which engine this was is no longer known.', 'Install it anew.'))
}

/** Whoever computes with it goes on until its task is over; the next one gets another engine. */
export async function removeEngine({ paths, engine }: JobContext): Promise<void> {
  await removeNativeEngine(paths.enginesFolder)
  engine.tell()
}
