import { basename } from 'node:path'
import type { Command } from 'commander'
import { FailureError } from '../../shared/base/errors.ts'
import { THRESHOLD } from '../../shared/watermark/detector.ts'
import { listenForMark, type HeardMark } from '../files/listen-for-mark.ts'
import type { CommandContext } from './command-context.ts'

/** From here on the chance of an unmarked sound is too small to be measured; under it a short file may hide a mark. */
const SHORT_SEC = 20

export function addDetectCommand(program: Command, context: CommandContext): void {
  program
    .command('detect <files...>')
    .description('listen for the mark that exports of converted voices may carry in their sound')
    .option('--json', 'print JSON')
    .action((files: string[], options: { readonly json?: boolean }) => detect(files, options.json === true, context))
}

async function detect(files: readonly string[], isJson: boolean, { terminal }: CommandContext): Promise<void> {
  for (const file of files) {
    const heard = await listenForMark(file).catch((cause: unknown) => {
      if (!(cause instanceof FailureError)) throw cause
      throw new FailureError({ ...cause.failure, message: `“${basename(file)}”: ${cause.failure.message}` })
    })
    terminal.write(
      isJson ? `${JSON.stringify({ file, threshold: THRESHOLD, ...heard })}\n` : `${file}: ${words(heard)}\n`,
    )
  }
}

function words({ isMarked, score, durationSec }: HeardMark): string {
  const figure = `score ${score.toFixed(1)}, marked from ${THRESHOLD}`
  if (isMarked) return `marked as a converted voice (${figure})`
  const doubt = durationSec < SHORT_SEC ? '; a mark in so short a file may not be heard' : ''
  return `no mark heard (${figure})${doubt}`
}
