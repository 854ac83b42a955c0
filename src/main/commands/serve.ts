import type { Command } from 'commander'
import type { Application } from '../application.ts'
import { openInBrowser } from '../browser.ts'
import { startServer } from '../http/server.ts'
import { createLogger } from '../logger.ts'
import type { CommandContext } from './command-context.ts'
import { readWhole } from './options.ts'

interface ServeOptions {
  readonly port: number
  readonly open?: boolean
}

export function addServeCommand(program: Command, context: CommandContext): void {
  program
    .command('serve')
    .description('serve the window to a browser on this machine (for another machine, tunnel the port by ssh -L)')
    .option('--port <number>', 'where to listen; 0 lets the system choose', readWhole(0, 65_535), 0)
    .option('--open', 'open it in the browser')
    .action((options: ServeOptions) => serve(options, context))
}

/** Serves until it is interrupted. */
export async function serve({ port, open }: ServeOptions, context: CommandContext): Promise<void> {
  const { installation, paths, terminal, interruption } = context
  const answer = async (application: Application) => {
    const logger = createLogger(paths.logsFolder, 'server')
    const server = await startServer({ application, installation, paths, port, logger })
    terminal.write(`${server.url}\n`)
    if (open === true && !openInBrowser(server.url)) terminal.writeAside('Open the address above in a browser.\n')
    await new Promise<void>((resolve) => {
      if (interruption.aborted) resolve()
      else interruption.addEventListener('abort', () => resolve())
    })
    await server.close()
  }
  await context.withApplication(answer, { host: 'headless' })
}
