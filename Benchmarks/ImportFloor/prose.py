"""French sentences without end, the same for the same seed."""

import random

SUBJECTS = """Le gouvernement bolivien|La coopérative du salar|Le port de Montevideo|La centrale d’Ostrovets
Le cheminot de Brest|Une élue de Potosí|Le conseil du Mercosur|La douane de Hrodna|Un ingénieur d’Itaipú
Le marais de Polésie|La presse de Minsk|Le canal de Panamá|La communauté mapuche|Le terminal de Terespol
Un historien de Vitebsk|La banque centrale|Le syndicat des mineurs|La préfète de la région"""
VERBS = """retient|transforme|négocie|conteste|décrit|mesure|reporte|défend|oublie|finance|traverse|relie
surveille|partage|attend|promet|déplace|explique"""
OBJECTS = """la ligne de partage des eaux|un traité vieux de cinquante ans|le prix de l’électricité
les 85 millimètres qui séparent deux réseaux|une réserve de 21\u00a0millions de tonnes
la part du lithium dans les exportations|le tracé de la frontière|un accord que personne n’a ratifié
la langue parlée au marché|les conteneurs venus de Chine|le débit du fleuve|une usine sans ouvriers
la mémoire des villages noyés|le calendrier de la réforme|un pont qui ne mène nulle part"""
CIRCUMSTANCES = """depuis l’hiver dernier|malgré les sanctions|à 3\u202f656\u00a0mètres d’altitude
dit-on «\u00a0pour longtemps\u00a0»|selon les chiffres de 2025|de l’autre côté de la frontière
sans le dire tout haut|avant la saison sèche|au nom de l’intégration|comme en 1991\u202f; rien n’a changé
pour 12,5\u202f% de moins|et qui s’en étonnerait\u202f?"""


def choices(text):
    return [choice for line in text.split("\n") for choice in line.split("|")]


PARTS = [choices(text) for text in (SUBJECTS, VERBS, OBJECTS, CIRCUMSTANCES)]


class Prose:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def sentence(self):
        return " ".join(self.random.choice(part) for part in PARTS) + "."

    def title(self):
        return " ".join(self.random.choice(part) for part in PARTS[:3])

    def paragraph(self):
        return " ".join(self.sentence() for _ in range(self.random.randint(3, 7)))
