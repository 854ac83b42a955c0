import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { FailureError } from '../../src/shared/base/errors.ts'
import type { Application } from '../../src/main/application.ts'
import { openHost } from '../../src/main/host.ts'
import { startServer, type HeadlessServer } from '../../src/main/http/server.ts'
import { silentLogger } from '../../src/main/logger.ts'
import { applicationPaths, installationOf, type ApplicationPaths, type Installation } from '../../src/main/paths.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

/** The program run from its sources; the page is the built one in out/renderer. */
export const sourceInstallation: Installation = installationOf(
  pathToFileURL(resolve(import.meta.dirname, '../../src/main/serve.ts')).href,
)

export interface TestHost {
  readonly application: Application
  readonly server: HeadlessServer
  /** `http://127.0.0.1:<port>`; `server.url` has the token in its fragment. */
  readonly origin: string
  readonly paths: ApplicationPaths
  close(): Promise<void>
}

/** A whole headless host in this process, with a library of its own. Give `homeFolder` to open one that exists. */
export async function startTestHost(homeFolder?: string): Promise<TestHost> {
  const home = homeFolder ?? makeTemporaryFolder()
  const paths = applicationPaths(sourceInstallation, { UNDERSTUDY_HOME: home })
  const opened = await openHost(sourceInstallation, paths, 'headless')
  if (!opened.ok) throw new FailureError(opened.failure)
  const application = opened.value
  const server = await startServer({
    application,
    paths,
    installation: sourceInstallation,
    port: 0,
    logger: silentLogger,
  })
  return {
    application,
    server,
    paths,
    origin: `http://127.0.0.1:${server.port}`,
    async close() {
      await server.close()
      await application.close()
      if (homeFolder === undefined) removeFolder(home)
    },
  }
}
