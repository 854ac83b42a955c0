import { FailureError } from '../../../shared/base/errors.ts'
import { subProgress, type Progress } from '../../../shared/base/progress.ts'
import type { InspectRequest } from '../../../shared/contract/compute.ts'
import type { ClipVerdict } from '../../../shared/contract/jobs.ts'
import type { Resample } from '../../../shared/conversion/sound.ts'
import type { Kernels } from '../../../shared/kernels/kernels.ts'
import { createResampler } from '../../files/resample.ts'
import { openWavReader } from '../../files/wav-file.ts'
import { judgeClip } from '../clips/clip-verdict.ts'
import { secondsPerNote, summarizePitch } from '../clips/pitch-summary.ts'
import { scanSound } from '../clips/sound-scan.ts'
import { countVoices } from '../clips/voice-count.ts'
import { loadKernelsWithCrew } from '../crew.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'

type Clip = InspectRequest['clips'][number]

/** Says of every clip whether it is fit to train on, and why; one that can't be read does not stop the others. */
export async function inspect(request: InspectRequest, context: TaskContext): Promise<TaskEnd> {
  const resample = await createResampler()
  const kernels = loadKernelsWithCrew(context.kernelsFolder, context.log)
  const rowOfDigest = new Map<string, number>()
  const clips: ClipVerdict[] = []
  for (const [index, clip] of request.clips.entries()) {
    await context.breathe()
    const count = request.clips.length
    const progress = subProgress(context.progress, index / count, (index + 1) / count)
    clips.push(inspectClip(clip, index + 1, rowOfDigest, resample, kernels, progress))
  }
  return { kind: 'done', result: { kind: 'inspect', clips } }
}

function inspectClip(
  clip: Clip,
  row: number,
  rowOfDigest: Map<string, number>,
  resample: Resample,
  kernels: Kernels,
  progress: Progress,
): ClipVerdict {
  try {
    const reader = openWavReader(clip.path)
    try {
      const durationSec = reader.durationSamples / reader.rateHz
      const scan = scanSound(reader, subProgress(progress, 0, 0.1))
      const isReadable = scan.firstBadSample === null && scan.peak > 0
      const pitch = isReadable ? summarizePitch(reader, resample, subProgress(progress, 0.1, 0.9), kernels) : null
      const voices = isReadable ? countVoices(reader, subProgress(progress, 0.9, 1)) : null
      const sameRow = rowOfDigest.get(scan.digest)
      rowOfDigest.set(scan.digest, sameRow ?? row)
      const verdict =
        sameRow === undefined
          ? judgeClip(durationSec, scan, pitch, voices)
          : { isKept: false, reason: `same audio as row ${sameRow}` }
      return {
        clipId: clip.clipId,
        fileName: clip.fileName,
        durationSec,
        loudnessLufs: scan.loudnessLufs,
        noiseFloorDb: scan.noiseFloorDb,
        voicedFraction: pitch?.voicedFraction ?? 0,
        lowestHz: pitch?.lowestHz ?? null,
        highestHz: pitch?.highestHz ?? null,
        clippedSampleCount: scan.clippedSampleCount,
        secondsPerNote: pitch === null ? {} : secondsPerNote(pitch.f0),
        ...verdict,
      }
    } finally {
      reader.close()
    }
  } catch (cause) {
    if (!(cause instanceof FailureError)) throw cause
    return unreadable(clip, cause.failure.message)
  }
}

const unreadable = ({ clipId, fileName }: Clip, reason: string): ClipVerdict => ({
  clipId,
  fileName,
  durationSec: 0,
  loudnessLufs: null,
  noiseFloorDb: null,
  voicedFraction: 0,
  lowestHz: null,
  highestHz: null,
  clippedSampleCount: 0,
  secondsPerNote: {},
  isKept: false,
  reason,
})
