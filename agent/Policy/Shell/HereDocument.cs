namespace Navi.Agent.Policy.Shell;

/// <summary>A here-document whose body follows the line.</summary>
/// <param name="Delimiter">The line that ends it.</param>
/// <param name="Literal">The delimiter was quoted: nothing in the body is expanded.</param>
/// <param name="StripTabs">Leading tabs are removed.</param>
/// <param name="Received">Takes the body.</param>
internal sealed record HereDocument(string Delimiter, bool Literal, bool StripTabs, Action<ShellWord> Received);
