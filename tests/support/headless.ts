import { startServer, type HeadlessServer } from '../../src/main/http/server.ts'
import { silentLogger } from '../../src/main/logger.ts'
import { applicationPaths, type ApplicationPaths } from '../../src/main/paths.ts'
import { openWithWorkers, sourceInstallation, type HandOnWorkers } from './opened-application.ts'
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts'

export interface TestHost extends HandOnWorkers {
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
  const opened = await openWithWorkers(paths)
  const { application } = opened
  const server = await startServer({
    application,
    paths,
    installation: sourceInstallation,
    port: 0,
    logger: silentLogger,
  })
  return {
    ...opened,
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
