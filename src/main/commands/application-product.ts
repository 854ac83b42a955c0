import { copyFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { failure, FailureError } from '../../shared/base/errors.ts'
import { mintId, type RegionId, type SingerId } from '../../shared/base/id.ts'
import { createRandom } from '../../shared/base/random.ts'
import type { TrainingPreset } from '../../shared/contract/library.ts'
import { renderMediaId } from '../../shared/contract/media.ts'
import { defaultPerformance } from '../../shared/project/performance.ts'
import type { Application } from '../application.ts'
import type { Product } from '../evaluation/product.ts'
import { readSound } from '../evaluation/read-sound.ts'
import { followJob, type Following } from './follow-job.ts'
import { importOne } from './import-files.ts'
import { request } from './request.ts'
import { trainFromClips } from './train-from-clips.ts'

export interface ApplicationProductOptions {
  readonly preset: TrainingPreset
  readonly seed: number
  /** Conversions are put here. */
  readonly workFolder: string
  readonly context: Following
}

/** The application as the thing that is measured: every step through the verbs that its users have. */
export function createApplicationProduct(
  application: Application,
  { preset, seed, workFolder, context }: ApplicationProductOptions,
): Product {
  const trained: SingerId[] = []
  let convertedCount = 0
  return {
    async train(name, clipPaths) {
      const singerId = await trainFromClips(
        application,
        { name: `${name} (evaluation)`, clipPaths, preset, seed },
        context,
      )
      trained.push(singerId)
      return { id: singerId, name }
    },
    async convert(sourcePath, singer) {
      const singerId = trained.find((id) => id === singer.id)
      if (singerId === undefined)
        throw new FailureError(failure('singer-unknown', `${singer.name} was not trained here.`))
      const { rateHz } = await readSound(sourcePath)
      const { projectId } = await request(application, 'project:create', { name: 'Evaluation', rateHz })
      try {
        const source = await importOne(application, projectId, sourcePath, context)
        const { jobId } = await request(application, 'project:convert', {
          projectId,
          regionId: mintId<RegionId>(createRandom(seed + convertedCount)),
          regionName: source.name.slice(0, 120),
          sourceId: source.id,
          sourceStartSamples: 0,
          durationSamples: source.durationSamples,
          performance: { ...defaultPerformance(singerId), emotion: { emotionId: 'neutral', intensity: 0 }, seed },
        })
        const { report } = await followJob(application, jobId, 'convert', context)
        const rendered = await application.media(renderMediaId(projectId, report.renderKey))
        if (!rendered.ok) throw new FailureError(rendered.failure)
        const path = join(workFolder, `${convertedCount++}-${basename(sourcePath).replace(/\.[^.]*$/, '')}.wav`)
        await copyFile(rendered.value, path)
        return { path, semitones: report.semitones }
      } finally {
        await application.call('project:close', { projectId })
      }
    },
  }
}
