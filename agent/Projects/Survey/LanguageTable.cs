namespace Navi.Agent.Projects;

/// <summary>Which language a file is in, by its name.</summary>
internal static class LanguageTable
{
    private static readonly Dictionary<string, string> ByExtension = new(StringComparer.OrdinalIgnoreCase)
    {
        [".cs"] = "C#", [".fs"] = "F#", [".vb"] = "Visual Basic", [".py"] = "Python", [".pyi"] = "Python", [".js"] = "JavaScript", [".mjs"] = "JavaScript",
        [".cjs"] = "JavaScript", [".jsx"] = "JavaScript", [".ts"] = "TypeScript", [".tsx"] = "TypeScript", [".mts"] = "TypeScript", [".cts"] = "TypeScript",
        [".go"] = "Go", [".rs"] = "Rust", [".java"] = "Java", [".kt"] = "Kotlin", [".kts"] = "Kotlin", [".scala"] = "Scala", [".groovy"] = "Groovy",
        [".gradle"] = "Groovy", [".c"] = "C", [".h"] = "C", [".cc"] = "C++", [".cpp"] = "C++", [".cxx"] = "C++", [".hpp"] = "C++", [".hh"] = "C++",
        [".m"] = "Objective-C", [".swift"] = "Swift", [".rb"] = "Ruby", [".php"] = "PHP", [".pl"] = "Perl", [".pm"] = "Perl", [".lua"] = "Lua", [".r"] = "R",
        [".jl"] = "Julia", [".dart"] = "Dart", [".ex"] = "Elixir", [".exs"] = "Elixir", [".erl"] = "Erlang", [".hs"] = "Haskell", [".ml"] = "OCaml",
        [".clj"] = "Clojure", [".zig"] = "Zig", [".sh"] = "Shell", [".bash"] = "Shell", [".zsh"] = "Shell", [".ps1"] = "PowerShell", [".sql"] = "SQL",
        [".html"] = "HTML", [".htm"] = "HTML", [".css"] = "CSS", [".scss"] = "CSS", [".less"] = "CSS", [".vue"] = "Vue", [".svelte"] = "Svelte",
        [".json"] = "JSON", [".yaml"] = "YAML", [".yml"] = "YAML", [".toml"] = "TOML", [".xml"] = "XML", [".csproj"] = "XML", [".props"] = "XML",
        [".targets"] = "XML", [".md"] = "Markdown", [".rst"] = "reStructuredText", [".txt"] = "Text", [".bicep"] = "Bicep", [".tf"] = "Terraform",
        [".proto"] = "Protocol Buffers", [".graphql"] = "GraphQL", [".ipynb"] = "Jupyter",
    };

    // Prose and data are no programming languages: metrics of code leave them out.
    private static readonly HashSet<string> NotCode = new(StringComparer.Ordinal)
    {
        "JSON", "YAML", "TOML", "XML", "Markdown", "reStructuredText", "Text", "Jupyter", "Other", "Binary",
    };

    public static string Of(string path) => Path.GetFileName(path) switch
    {
        "Dockerfile" or "Containerfile" => "Dockerfile",
        "Makefile" or "GNUmakefile" or "makefile" => "Makefile",
        "Jenkinsfile" => "Groovy",
        "CMakeLists.txt" => "CMake",
        var name => ByExtension.GetValueOrDefault(Path.GetExtension(name), "Other"),
    };

    public static bool IsCode(string language) => !NotCode.Contains(language);
}
