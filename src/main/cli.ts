#!/usr/bin/env node
import { installationOf } from './paths.ts'
import { ensureNode } from './preflight.ts'

// First the check, then everything that an older Node could not even load.
const installation = installationOf(import.meta.url)
await ensureNode(installation.rootFolder)
const { runCommandLine } = await import('./command-line.ts')
process.exitCode = await runCommandLine(installation, process.argv)
