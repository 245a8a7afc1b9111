import { openRegion } from './words/region.ts';
import './styles/app.css';

// Texts are read as modules load, so the language comes first.
void openRegion().then(() => import('./app.tsx'));
