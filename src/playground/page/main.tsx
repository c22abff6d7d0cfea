// Starts the page.

import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { loadEmoji } from './emoji.js';

await loadEmoji();
const element = document.getElementById('page');
if (element !== null) createRoot(element).render(<App />);
