import { svelte } from '@sveltejs/vite-plugin-svelte'
import { chmodSync } from 'node:fs'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { writeBundledPackages } from './packaging/bundled-packages.ts'

// Every file of the main process is its own entry, because the command line, the hosts and the workers start apart.
const mainEntries = {
  index: 'src/main/index.ts',
  cli: 'src/main/cli.ts',
  serve: 'src/main/serve.ts',
  start: 'src/main/start.ts',
  'library-worker': 'src/main/library/worker.ts',
  'compute-worker': 'src/main/compute/worker.ts',
  'crew-worker': 'src/main/compute/crew-worker.ts',
  'shard-worker': 'src/main/compute/shards/shard-worker.ts',
  'sampling-worker': 'src/main/compute/sampling/sampling-worker.ts',
  'demo-worker': 'src/main/projects/demo-worker.ts',
}

/** The command line is started by its first line, so the file must be allowed to run. */
const executableCommandLine: Plugin = {
  name: 'executable-command-line',
  closeBundle: () => chmodSync('out/main/cli.js', 0o755),
}

export default defineConfig({
  main: {
    plugins: [executableCommandLine, writeBundledPackages()],
    build: {
      outDir: 'out/main',
      externalizeDeps: true,
      minify: false,
      sourcemap: true,
      rollupOptions: {
        input: mainEntries,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [writeBundledPackages()],
    build: {
      outDir: 'out/preload',
      // A sandboxed preload can neither be a module nor load one.
      externalizeDeps: false,
      minify: false,
      rollupOptions: {
        input: { index: 'src/main/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    base: './',
    plugins: [svelte({ compilerOptions: { runes: true } }), writeBundledPackages()],
    build: {
      outDir: 'out/renderer',
      // The policy of the page forbids data: addresses for scripts and workers.
      assetsInlineLimit: 0,
      // The second page has no face: it computes.
      rollupOptions: { input: ['src/renderer/index.html', 'src/renderer/compute.html'] },
    },
    server: { strictPort: true },
  },
})
