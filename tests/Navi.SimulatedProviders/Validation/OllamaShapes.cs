using static Navi.SimulatedProviders.Validation.Shape;

namespace Navi.SimulatedProviders.Validation;

/// <summary>Requests for /api/chat as Ollama's client sends them; not compared with a published description. The server ignores members that it does not know, and so does this description; calls have no ids that it would look at.</summary>
internal static class OllamaShapes
{
    public static readonly Shape Request = Loose(
        ("model!", Text(shortest: 1)), ("stream", OrNull(Bool)), ("options", OrNull(Loose(("num_predict", Int(-2)), ("temperature", Number(0, 100))))), ("keep_alive", Any), ("format", Any),
        ("messages!", Array(Loose(
            ("role!", OneOf("system", "user", "assistant", "tool")), ("content", Text()), ("tool_name", OrNull(Text())),
            ("tool_calls", OrNull(Array(Loose(("function!", Loose(("name!", Text(shortest: 1)), ("arguments", AnyObject)))))))))),
        ("tools", OrNull(Array(Loose(("type!", OneOf("function")), ("function!", Loose(("name!", Text(shortest: 1)), ("description", Text()), ("parameters", AnyObject))))))));
}
