package coldstream.app.dataset;

import java.util.List;

/** The words a simulated shop writes its catalogue with. */
final class ShopVocabulary {

    /** Kinds of goods that share customers. */
    record Department(String name, List<String> brands, List<Shelf> shelves) {}

    /** One kind of goods. */
    record Shelf(String name, List<String> nouns, List<String> purposes) {}

    /** A manner of making things that some customers love; each has words of its own. */
    record Style(String name, List<String> adjectives, List<String> materials) {}

    static final List<Style> STYLES = List.of(
            new Style(
                    "rustic",
                    List.of("Hand-Finished", "Country", "Weathered", "Heritage"),
                    List.of("Oak", "Linen", "Wool", "Stoneware")),
            new Style(
                    "modern",
                    List.of("Minimal", "Slimline", "Matte Black", "Frameless"),
                    List.of("Steel", "Glass", "Aluminium", "Carbon")),
            new Style(
                    "playful",
                    List.of("Rainbow", "Polka Dot", "Jolly", "Neon"),
                    List.of("Silicone", "Felt", "Plush", "Foam")),
            new Style(
                    "rugged",
                    List.of("All-Weather", "Heavy-Duty", "Expedition", "Storm-Proof"),
                    List.of("Canvas", "Ripstop", "Titanium", "Leather")),
            new Style(
                    "natural",
                    List.of("Organic", "Plastic-Free", "Botanical", "Undyed"),
                    List.of("Bamboo", "Cork", "Cotton", "Beeswax")),
            new Style(
                    "elegant",
                    List.of("Gilded", "Art Deco", "Hand-Cut", "Velvet-Lined"),
                    List.of("Brass", "Porcelain", "Silk", "Crystal")));

    static final List<Department> DEPARTMENTS = List.of(
            new Department(
                    "Kitchen",
                    List.of("Harrow & Pine", "Cucina Rossi", "Copperfield", "Ladle House"),
                    List.of(
                            new Shelf(
                                    "Coffee",
                                    List.of("Coffee Grinder", "Pour-Over Dripper", "Espresso Cups", "Moka Pot"),
                                    List.of("for slow mornings", "for two", "with travel lid")),
                            new Shelf(
                                    "Baking",
                                    List.of("Loaf Tin", "Rolling Pin", "Cake Stand", "Proofing Basket"),
                                    List.of("for sourdough", "for festive cakes", "with recipe card")),
                            new Shelf(
                                    "Knives",
                                    List.of("Chef's Knife", "Paring Knife", "Bread Knife", "Knife Block"),
                                    List.of("20 cm", "left-handed", "with sheath")),
                            new Shelf(
                                    "Storage",
                                    List.of("Pantry Jars", "Lunch Box", "Bread Bin", "Spice Rack"),
                                    List.of("set of 6", "airtight", "stackable")))),
            new Department(
                    "Outdoors",
                    List.of("Northface Ridge", "Fellwalker", "Tarn", "Two Summits"),
                    List.of(
                            new Shelf(
                                    "Camping",
                                    List.of("Two-Person Tent", "Sleeping Mat", "Camp Stove", "Lantern"),
                                    List.of("for summer nights", "under 1 kg", "four season")),
                            new Shelf(
                                    "Hiking",
                                    List.of("Trekking Poles", "Day Pack", "Map Case", "Water Filter"),
                                    List.of("for long trails", "25 litres", "foldable")),
                            new Shelf(
                                    "Cycling",
                                    List.of("Bike Light", "Pannier Bag", "Repair Kit", "Helmet"),
                                    List.of("for commuters", "USB charged", "with reflectors")),
                            new Shelf(
                                    "Fishing",
                                    List.of("Fly Rod", "Tackle Box", "Landing Net", "Waders"),
                                    List.of("for trout", "telescopic", "size M")))),
            new Department(
                    "Music",
                    List.of("Aria", "Blue Door", "Cadenza", "Stagecraft"),
                    List.of(
                            new Shelf(
                                    "Guitar",
                                    List.of("Acoustic Guitar", "Guitar Strap", "Capo", "Steel Strings"),
                                    List.of("for beginners", "light gauge", "three-quarter size")),
                            new Shelf(
                                    "Piano",
                                    List.of("Piano Bench", "Sheet Music Stand", "Metronome", "Digital Piano"),
                                    List.of("adjustable", "88 keys", "with headphones")),
                            new Shelf(
                                    "Vinyl",
                                    List.of("Record Player", "Record Brush", "Album Frame", "Record Crate"),
                                    List.of("33 and 45 rpm", "holds 60 albums", "anti-static")),
                            new Shelf(
                                    "Recording",
                                    List.of("Studio Microphone", "Pop Filter", "Audio Interface", "Headphones"),
                                    List.of("for podcasts", "two inputs", "closed back")))),
            new Department(
                    "Garden",
                    List.of("Thistle & Rue", "Greenhouse Co", "Sow", "Old Orchard"),
                    List.of(
                            new Shelf(
                                    "Seeds",
                                    List.of("Tomato Seeds", "Wildflower Mix", "Herb Seeds", "Sunflower Seeds"),
                                    List.of("for balconies", "for bees", "heirloom")),
                            new Shelf(
                                    "Tools",
                                    List.of("Hand Trowel", "Pruning Shears", "Watering Can", "Garden Fork"),
                                    List.of("with ash handle", "5 litres", "for roses")),
                            new Shelf(
                                    "Pots",
                                    List.of("Plant Pot", "Window Box", "Hanging Planter", "Saucer Set"),
                                    List.of("frost-proof", "self-watering", "30 cm")),
                            new Shelf(
                                    "Wildlife",
                                    List.of("Bird Feeder", "Bee Hotel", "Hedgehog House", "Nest Box"),
                                    List.of("for robins", "squirrel-proof", "for small gardens")))),
            new Department(
                    "Games",
                    List.of("Meeple Lane", "Dice & Co", "Fox and Geese", "Rainy Day"),
                    List.of(
                            new Shelf(
                                    "Board Games",
                                    List.of("Strategy Game", "Railway Game", "Trading Game", "Castle Game"),
                                    List.of("for 2-4 players", "45 minutes", "second edition")),
                            new Shelf(
                                    "Puzzles",
                                    List.of("Jigsaw Puzzle", "Wooden Puzzle", "Puzzle Mat", "Brain Teaser"),
                                    List.of("1000 pieces", "for rainy Sundays", "glow in the dark")),
                            new Shelf(
                                    "Cards",
                                    List.of("Playing Cards", "Trick Deck", "Card Game", "Card Holder"),
                                    List.of("for magicians", "for families", "waterproof")),
                            new Shelf(
                                    "Role Play",
                                    List.of("Dice Set", "Dungeon Map", "Miniature Set", "Game Master Screen"),
                                    List.of("for new heroes", "seven dice", "unpainted")))),
            new Department(
                    "Studio",
                    List.of("Atelier Nord", "Inkwell", "Paper Mill", "Ochre"),
                    List.of(
                            new Shelf(
                                    "Painting",
                                    List.of("Watercolour Set", "Easel", "Brush Set", "Canvas Board"),
                                    List.of("24 colours", "for travel", "student grade")),
                            new Shelf(
                                    "Writing",
                                    List.of("Fountain Pen", "Notebook", "Ink Bottle", "Pen Case"),
                                    List.of("fine nib", "dotted", "50 ml")),
                            new Shelf(
                                    "Knitting",
                                    List.of("Knitting Needles", "Yarn Bundle", "Stitch Markers", "Yarn Bowl"),
                                    List.of("4 mm", "for socks", "mixed shades")),
                            new Shelf(
                                    "Pottery",
                                    List.of("Clay Tools", "Glaze Set", "Throwing Wheel", "Modelling Clay"),
                                    List.of("for small studios", "food safe", "10 kg")))));

    private ShopVocabulary() {}
}
