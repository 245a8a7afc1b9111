import { frameDrawn } from './shell/frame.ts';
import { openRegion } from './words/region.ts';
import './styles/app.css';

// Texts are read as modules load, so the language comes first.
void Promise.all([openRegion(), frameDrawn()]).then(() => import('./app.tsx'));
