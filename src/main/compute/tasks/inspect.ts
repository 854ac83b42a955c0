import { FailureError } from '../../../shared/base/errors.ts'
import { subProgress, type Progress } from '../../../shared/base/progress.ts'
import type { InspectRequest } from '../../../shared/contract/compute.ts'
import type { ClipVerdict } from '../../../shared/contract/jobs.ts'
import type { ClipFault, ClipFinding } from '../../../shared/screening/finding.ts'
import { createResampler } from '../../files/resample.ts'
import { openWavReader } from '../../files/wav-file.ts'
import { examineClip, type ExaminationTools } from '../clips/clip-examination.ts'
import { openClipRecords, type ClipRecord, type ClipRecordStore } from '../clips/clip-record.ts'
import { findFaults } from '../clips/clip-verdict.ts'
import { compareClips } from '../clips/dataset-findings.ts'
import { secondsPerNote } from '../clips/pitch-summary.ts'
import { loadVoiceMixture } from '../clips/voice-mixture.ts'
import { loadKernelsWithCrew } from '../crew.ts'
import type { TaskContext, TaskEnd } from '../task-context.ts'

type Clip = InspectRequest['clips'][number]

/** Says of every clip whether it is fit to train on, and why; one that can't be read does not stop the others. */
export async function inspect(request: InspectRequest, context: TaskContext): Promise<TaskEnd> {
  const tools: ExaminationTools = {
    resample: await createResampler(),
    kernels: loadKernelsWithCrew(context.kernelsFolder, context.log),
    mixture: loadVoiceMixture(context.modelsFolder),
  }
  const records = openClipRecords(request.recordsFolder)
  const heard: (ClipRecord | string)[] = []
  for (const [index, clip] of request.clips.entries()) {
    await context.breathe()
    const count = request.clips.length
    heard.push(hear(clip, records, tools, subProgress(context.progress, index / count, (index + 1) / count)))
  }
  const compared = compareClips(
    request.clips.map(({ fileName, clipId }, index) => {
      const record = heard[index]
      if (typeof record === 'string')
        return { fileName, digest: clipId, isFit: false, fingerprint: null, voicePrint: null }
      return {
        fileName,
        ...record,
        isFit: !record.findings.some(({ isSevere }) => isSevere),
        voicePrint: tellsTheVoice(record) ? record.voicePrint : null,
      }
    }),
    tools.mixture,
  )
  const clips = request.clips.map((clip, index) => {
    const record = heard[index]
    return typeof record === 'string' ? unreadable(clip, record) : verdictOf(clip, record, compared[index])
  })
  return { kind: 'done', result: { kind: 'inspect', clips } }
}

/** What is found of a clip alone, now or before; in words where it can't be read. */
function hear(clip: Clip, records: ClipRecordStore, tools: ExaminationTools, progress: Progress): ClipRecord | string {
  const known = records.load(clip.clipId)
  if (known !== null) return known
  try {
    const reader = openWavReader(clip.path)
    try {
      const exam = examineClip(reader, tools, progress)
      const { durationSec, scan, pitch, facts } = exam
      const record: ClipRecord = {
        durationSec,
        loudnessLufs: scan.loudnessLufs,
        noiseFloorDb: scan.noiseFloorDb,
        voicedFraction: pitch?.voicedFraction ?? 0,
        lowestHz: pitch?.lowestHz ?? null,
        highestHz: pitch?.highestHz ?? null,
        clippedSampleCount: Math.max(scan.clippedSampleCount, clip.original?.clipping.flatSampleCount ?? 0),
        cutoffHz: facts?.cutoffHz ?? null,
        secondsPerNote: pitch === null ? {} : secondsPerNote(pitch.f0),
        findings: findFaults(exam, clip.original),
        slices: facts?.slices ?? [],
        digest: scan.digest,
        fingerprint: facts?.fingerprint ?? null,
        voicePrint: facts?.voicePrint ?? null,
      }
      records.save(clip.clipId, record)
      return record
    } finally {
      reader.close()
    }
  } catch (cause) {
    if (!(cause instanceof FailureError)) throw cause
    return cause.failure.message
  }
}

/** Noise, a room and other voices make a voice sound like another's: such a clip is no measure of the others, nor they of it. */
const disguises: ReadonlySet<ClipFault> = new Set(['noisy', 'reverberant', 'several-voices', 'hardly-voiced'])
const tellsTheVoice = ({ findings }: ClipRecord): boolean =>
  !findings.some(({ fault, isSevere }) => isSevere || disguises.has(fault))

/** What makes a clip a copy or a stranger weighs more than what is wrong with it by itself. */
function verdictOf({ clipId, fileName }: Clip, record: ClipRecord, compared: readonly ClipFinding[]): ClipVerdict {
  const { digest: _, fingerprint: _f, voicePrint: _v, ...told } = record
  const findings = [...compared, ...record.findings].sort((a, b) => Number(b.isSevere) - Number(a.isSevere))
  return {
    clipId,
    fileName,
    ...told,
    findings,
    isKept: !findings.some(({ isSevere }) => isSevere),
    reason: findings[0]?.words ?? 'clean',
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
  cutoffHz: null,
  secondsPerNote: {},
  isKept: false,
  reason,
  findings: [{ fault: 'broken', isSevere: true, words: reason }],
  slices: [],
})
