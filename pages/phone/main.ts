import { part } from '../shared/element.js';
import { chooseLanguage, language } from '../shared/language.js';
import { PhonePage } from './phone-page.js';

chooseLanguage(language());
new PhonePage(part('content')).start(location.hash);
