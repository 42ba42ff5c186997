import { render } from 'preact';
import { App } from './shell/app.tsx';
import { applyPreferences } from './shell/preferences.ts';
import { followRoutes, route, routeOf } from './shell/route.ts';
import { returnToPlace } from './shell/session.ts';
import './style/all.css';

returnToPlace();
route.set(routeOf(location.hash));
applyPreferences();
followRoutes();
const place = document.getElementById('console');
if (place !== null) render(<App />, place);
