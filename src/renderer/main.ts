import { mount } from 'svelte'
import App from './App.svelte'
import { connect } from './bridge.ts'
import { createAppContext } from './create-app-context.ts'
import { PathQuestions } from './state/PathQuestions.svelte.ts'
import './styles/tokens.css'
import './styles/base.css'

const target = document.getElementById('app')
if (!target) throw new Error('index.html lost its #app element')

const pathQuestions = new PathQuestions()
const bridge = await connect(pathQuestions.ask)
mount(App, { target, props: { context: createAppContext(bridge), pathQuestions } })
