import type { Command } from 'commander'
import { FailureError } from '../../shared/base/errors.ts'
import type { Analysis } from '../../shared/contract/compute.ts'
import { sourceMediaId } from '../../shared/contract/media.ts'
import { formatClock } from '../../shared/units/time.ts'
import type { CommandContext } from './command-context.ts'
import { withPassingProject } from './open-passing.ts'
import { table } from './terminal.ts'

export function addAnalyzeCommand(program: Command, context: CommandContext): void {
  program
    .command('analyze <file>')
    .description('measure a recording: level, loudness, range, and with --json the pitch every 5 ms')
    .option('--json', 'print JSON')
    .action((file: string, options: { readonly json?: boolean }) =>
      context.withApplication((application) =>
        withPassingProject(application, file, context, async ({ projectId, source }) => {
          const analysis = await application.analyze(sourceMediaId(projectId, source.id), context.interruption)
          if (!analysis.ok) throw new FailureError(analysis.failure)
          context.terminal.write(options.json === true ? `${JSON.stringify(analysis.value)}\n` : words(analysis.value))
        }),
      ),
    )
}

const words = (analysis: Analysis): string =>
  table([
    ['duration', `${formatClock(analysis.durationSamples / analysis.rateHz)} (${analysis.durationSamples} samples)`],
    ['rate', `${analysis.rateHz} Hz, ${analysis.channelCount === 1 ? 'mono' : 'stereo'}`],
    ['peak', amount(analysis.peakDb, 1, 'dB')],
    ['loudness', amount(analysis.loudnessLufs, 1, 'LUFS')],
    ['clipped', `${analysis.clippedSampleCount} samples`],
    ['voiced', `${Math.round(analysis.voicedFraction * 100)} %`],
    [
      'pitch',
      `${amount(analysis.lowestHz, 0, 'Hz')} to ${amount(analysis.highestHz, 0, 'Hz')}, median ${amount(analysis.medianHz, 0, 'Hz')}`,
    ],
  ])

const amount = (value: number | null, digits: number, unit: string): string =>
  value === null ? 'none' : `${value.toFixed(digits)} ${unit}`
