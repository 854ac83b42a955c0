import { basename } from 'node:path'
import type { Command } from 'commander'
import { FailureError } from '../../shared/base/errors.ts'
import type { ClipVerdict } from '../../shared/contract/jobs.ts'
import { sourceMediaId } from '../../shared/contract/media.ts'
import { automaticSemitones } from '../../shared/conversion/automatic-transposition.ts'
import {
  compareCoverage,
  medianLog2F0,
  type CoverageGap,
  type NoteSeconds,
} from '../../shared/screening/note-coverage.ts'
import { noteName } from '../../shared/units/pitch.ts'
import { formatDuration } from '../../shared/units/time.ts'
import type { Application } from '../application.ts'
import { secondsPerNote } from '../compute/clips/pitch-summary.ts'
import { clipPaths } from './clip-paths.ts'
import type { CommandContext } from './command-context.ts'
import { examineMachine } from './doctor-system.ts'
import { followJob } from './follow-job.ts'
import { withPassingProject } from './open-passing.ts'
import { request } from './request.ts'
import { table, type Terminal } from './terminal.ts'

interface DoctorOptions {
  readonly for?: string
  readonly system?: boolean
  readonly json?: boolean
}

/** What a singer is learned from with the usual result. */
const SUGGESTED_VOICE_SEC = 120
/** Bars are scaled to the fullest note. */
const LONGEST_BAR = 40

const examples = `
Examples:
  understudy doctor clips                           may a singer be learned from these?
  understudy doctor clips --for "lead vocal.wav"    … and do they hold the notes of that stem?
  understudy doctor --system                        has this machine all that the program needs?`

export function addDoctorCommand(program: Command, context: CommandContext): void {
  program
    .command('doctor [folder]')
    .description(
      'judge clips before a training: what is fit, what is not and why, and which notes are missing; or this machine',
    )
    .option('--for <stem>', 'the recording that the singer is to sing')
    .option('--system', 'judge this machine: versions, permissions, disk, library and compute engine')
    .option('--json', 'print JSON')
    .addHelpText('after', examples)
    .action((folder: string | undefined, options: DoctorOptions, command: Command) => {
      if (options.system === true) return examineMachine(options.json === true, context)
      if (folder === undefined) return command.error("error: missing argument 'folder', or --system for this machine")
      return context.withApplication((application) => examine(application, folder, options, context))
    })
}

async function examine(application: Application, folder: string, options: DoctorOptions, context: CommandContext) {
  const files = (await clipPaths(folder)).map((path) => ({ kind: 'path' as const, path }))
  const { jobId } = await request(application, 'singer:inspectClips', { files })
  const { clips } = await followJob(application, jobId, 'inspect', context)
  const kept = clips.filter(({ isKept }) => isKept)
  const usableSec = kept.reduce((sum, clip) => sum + clip.durationSec * clip.voicedFraction, 0)
  const covered = sumOf(kept)
  const asked = options.for === undefined ? null : await notesOf(application, options.for, covered, context)
  const gap = asked === null ? null : compareCoverage(covered, asked, `“${basename(options.for ?? '')}”`)
  if (options.json === true) {
    const coverage = { covered: Object.fromEntries(covered), asked: asked && Object.fromEntries(asked), gap }
    context.terminal.write(`${JSON.stringify({ clips, usableSec, suggestedSec: SUGGESTED_VOICE_SEC, coverage })}\n`)
  } else tell(context.terminal, clips, usableSec, covered, asked, gap)
}

function sumOf(clips: readonly ClipVerdict[]): NoteSeconds {
  const seconds = new Map<number, number>()
  for (const clip of clips)
    for (const [note, sec] of Object.entries(clip.secondsPerNote))
      seconds.set(Number(note), (seconds.get(Number(note)) ?? 0) + sec)
  return seconds
}

/** Where the conversion will put the stem's notes for a singer of the clips' register: whole octaves. */
function notesOf(application: Application, stem: string, clips: NoteSeconds, context: CommandContext) {
  return withPassingProject(application, stem, context, async ({ projectId, source }): Promise<NoteSeconds> => {
    const analysis = await application.analyze(sourceMediaId(projectId, source.id), context.interruption)
    if (!analysis.ok) throw new FailureError(analysis.failure)
    const { f0Hz, medianHz } = analysis.value
    const register = { medianLog2F0: medianHz === null ? null : Math.log2(medianHz), isSung: true }
    const semitones = automaticSemitones(register, { medianLog2F0: medianLog2F0(clips), isSung: true })
    const seconds = secondsPerNote(Float32Array.from(f0Hz))
    return new Map(Object.entries(seconds).map(([note, sec]) => [Number(note) + semitones, sec]))
  })
}

function tell(
  terminal: Terminal,
  clips: readonly ClipVerdict[],
  usableSec: number,
  covered: NoteSeconds,
  asked: NoteSeconds | null,
  gap: CoverageGap | null,
): void {
  terminal.write(table([['', 'LENGTH', 'LUFS', 'VOICED', 'SLICES', 'CLIP', 'VERDICT'], ...clips.flatMap(rowsOf)]))
  terminal.write(
    `\n${formatDuration(usableSec)} of voice are usable, ${formatDuration(SUGGESTED_VOICE_SEC)} or more are suggested.\n`,
  )
  if (covered.size === 0) return
  terminal.write(`\nSeconds of voice per note${asked === null ? '' : ', and what the stem asks for'}\n`)
  terminal.write(histogram(covered, asked ?? new Map()))
  if (gap !== null) terminal.write(`\n${gap.words}\n`)
}

function rowsOf(clip: ClipVerdict): string[][] {
  const first = [
    clip.isKept ? 'keep' : 'skip',
    formatDuration(clip.durationSec),
    clip.loudnessLufs === null ? '–' : clip.loudnessLufs.toFixed(1).replace('-', '−'),
    `${Math.round(clip.voicedFraction * 100)} %`,
    String(clip.slices.length),
    clip.fileName,
    clip.reason,
  ]
  return [first, ...clip.findings.slice(1).map(({ words }) => ['', '', '', '', '', '', words])]
}

/** From the highest note down, as on a staff. */
function histogram(covered: NoteSeconds, asked: NoteSeconds): string {
  const notes = [...covered.keys(), ...asked.keys()]
  const most = Math.max(...covered.values(), ...asked.values())
  const rows: string[][] = []
  for (let note = Math.max(...notes); note >= Math.min(...notes); note--) {
    const [has, wants] = [covered.get(note) ?? 0, asked.get(note) ?? 0]
    const [hasBar, wantsBar] = [has, wants].map((sec) => Math.round((sec / most) * LONGEST_BAR))
    const bar = '█'.repeat(hasBar) + '░'.repeat(Math.max(0, wantsBar - hasBar))
    rows.push([noteName(note), `${has.toFixed(1)} s`, ...(asked.size === 0 ? [] : [`${wants.toFixed(1)} s`]), bar])
  }
  return table(rows)
}
