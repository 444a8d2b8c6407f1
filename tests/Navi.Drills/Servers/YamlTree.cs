using YamlDotNet.Serialization;

namespace Navi.Drills.Servers;

/// <summary>A configuration file as maps and lists, to change a few values of it.</summary>
internal static class YamlTree
{
    public static Dictionary<object, object> Parse(string text) => new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(text);

    public static void Write(string file, Dictionary<object, object> tree) => File.WriteAllText(file, new SerializerBuilder().Build().Serialize(tree));

    public static Dictionary<object, object> Map(this Dictionary<object, object> tree, string key) => (Dictionary<object, object>)tree[key];

    public static List<object> Items(this Dictionary<object, object> tree, string key) => (List<object>)tree[key];
}
