import { chooseLanguage, language } from '../shared/language.js';

chooseLanguage(language());
