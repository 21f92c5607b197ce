#:project build/Forge.Build/Forge.Build.csproj
#:property TreatWarningsAsErrors=false
#:property GenerateDocumentationFile=false
#:property EnforceCodeStyleInBuild=false
#:property PublishAot=false
// The one build script: dotnet run build.cs -- <target> [options]. Targets are listed by `dotnet run build.cs -- help`; what they do is in build/Forge.Build.
return Forge.Build.BuildProgram.Run(Path.GetDirectoryName((string)AppContext.GetData("EntryPointFilePath")!)!, args);
