import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'

/** Only rules that catch faults or hold a page of the house style. */
export default ts.config(
  { ignores: ['out/', 'dist/', 'demo/', 'node_modules/', 'src/shared/kernels/assembly/', 'tests/bench/assembly/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    files: ['src/**/*.{ts,svelte}', 'tests/**/*.ts', 'packaging/**/*.ts', '*.config.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration',
          message: 'Named exports only: a default export has no name to search for.',
        },
        { selector: 'TSEnumDeclaration', message: 'Use a union of literals: enums do not survive type stripping.' },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-function': 'off',
      // File names and messages are cleaned of control characters on purpose.
      'no-control-regex': 'off',
    },
  },
  {
    files: ['src/**/*.ts', 'tests/**/*.ts', 'packaging/**/*.ts'],
    languageOptions: { parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['src/renderer/**/*.{ts,svelte}', 'tests/app/pages/**/*.{ts,svelte}'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteFeatures: { runes: true } },
    },
  },
  {
    files: ['src/renderer/**/*.svelte'],
    rules: { 'svelte/no-at-html-tags': 'error', 'no-restricted-syntax': 'off', 'prefer-const': 'off' },
  },
  {
    files: [
      'src/main/**/*.ts',
      'src/shared/kernels/build.ts',
      'tests/**/*.{ts,mjs}',
      'models/**/*.ts',
      'packaging/**/*.ts',
    ],
    languageOptions: { globals: globals.node },
  },
  {
    // State is replaced whole ($state.raw), never changed in place, so plain sets and maps are right.
    files: ['src/renderer/**/*.{ts,svelte}', 'tests/app/pages/**/*.{ts,svelte}'],
    rules: { 'svelte/prefer-svelte-reactivity': 'off' },
  },
  // Where a tool insists on a default export.
  { files: ['**/*.config.{ts,js}', 'tests/**/*-reporter.ts'], rules: { 'no-restricted-syntax': 'off' } },
)
