import { join } from 'node:path'
import { app, dialog } from 'electron'
import { createApplication, type Application } from './application.ts'
import { workerLaunch } from './compute/workers/fork-worker.ts'
import { createEngineFork } from './desktop/engine-process.ts'
import { openDesktop } from './desktop/desktop.ts'
import { watchDesktopPower } from './desktop/power.ts'
import { registerSchemes } from './desktop/protocols.ts'
import { farmAddress } from './farm/farm-address.ts'
import { createLogger } from './logger.ts'
import { applicationPaths, installationOf } from './paths.ts'
import { readPowerSupply } from './power-supply.ts'

const installation = installationOf(import.meta.url, app.isPackaged ? process.resourcesPath : null)
const paths = applicationPaths(installation, process.env)
const logger = createLogger(paths.logsFolder, 'desktop')
let application: Application | null = null
let earlyProject: string | null = null

app.setName('Understudy')
// The lock of the single instance belongs to the library, not to the machine.
app.setPath('userData', join(paths.homeFolder, 'window'))
app.enableSandbox()
registerSchemes()
// macOS may say which project to open before anything is ready to hear it.
app.on('open-file', (event, path) => {
  event.preventDefault()
  if (application === null) earlyProject = path
})
process.on('unhandledRejection', (cause) => logger.error('A promise was left alone', cause))

const isFirst = app.requestSingleInstanceLock({ arguments: process.argv, folder: process.cwd() })
if (isFirst) void app.whenReady().then(open)
else app.quit()

async function open(): Promise<void> {
  const opened = await createApplication(paths, {
    kind: 'electron',
    farm: farmAddress({}, process.env),
    version: installation.version,
    libraryWorkerPath: installation.libraryWorkerPath,
    computeWorkerPath: installation.computeWorkerPath,
    demoWorkerPath: installation.demoWorkerPath,
    watchPower: watchDesktopPower(() => readPowerSupply().chargeFraction),
    fork: createEngineFork(workerLaunch(paths)),
  })
  if (!opened.ok) {
    const { message, remedy } = opened.failure
    dialog.showErrorBox('Understudy can’t start', remedy === undefined ? message : `${message}\n\n${remedy}`)
    return app.exit(1)
  }
  application = opened.value
  openDesktop({ application, installation, paths, logger, earlyProject })
}

app.on('window-all-closed', () => app.quit())
// Running work may keep a checkpoint; only then the program ends.
app.on('will-quit', (event) => {
  const closing = application
  if (closing === null) return
  event.preventDefault()
  application = null
  void closing.close().finally(() => app.quit())
})
